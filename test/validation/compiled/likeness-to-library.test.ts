import { Expose, Transform, Type } from 'class-transformer';
import { Allow, IsOptional, IsString, Min, ValidateBy, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { BadRequestException } from '../../../src/errors/exceptions.js';
import { HttpException } from '../../../src/errors/http-exception.js';
import type { Constructor } from '../../../src/shared/types.js';
import { compiledReader } from '../../../src/validation/compiled/compiled-reader.js';
import { checkDto } from '../../../src/validation/dto/check-dto-class.js';
import { libraryReader } from '../../../src/validation/dto/library-reader.js';
import { outcome } from '../refusal.js';
import { likenessOfOutcome } from './likeness.js';

const body = { location: 'body' } as const;

/** What both make of the value, which is the same. */
async function bothMake(type: Constructor<object>, value: unknown): Promise<unknown> {
  const [compiled, library] = [
    await outcome(compiledReader(type, body), value),
    await outcome(libraryReader(type, body), value),
  ];
  expect(likenessOfOutcome(compiled)).toEqual(likenessOfOutcome(library));
  return compiled;
}

const own = (text: string) => JSON.parse(text) as object;

/** A rule that answers after some turns. */
function later(name: string, each: boolean, turns: number, answer: () => boolean): PropertyDecorator {
  const validate = async () => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    return answer();
  };
  return ValidateBy({ name, validator: { validate } }, { each });
}

describe('a compiled class is built as class-transformer builds it', () => {
  test.each(['__proto__', 'toString', 'constructor'])('where a property is exposed as %s', async (name) => {
    class Exposed {
      @Allow() @Expose({ name }) odd?: unknown;
    }
    await bothMake(Exposed, {});
    await bothMake(Exposed, own(`{"${name}":1}`));
  });

  test('where a symbol is exposed', async () => {
    const symbol = Symbol('odd');
    class Exposed {
      @Allow() name?: string;
      @Expose() [symbol]?: unknown;
    }
    expect(Object.getOwnPropertySymbols(await bothMake(Exposed, { name: 'a' }))).toEqual([symbol]);
  });

  test('where a map comes for a text', async () => {
    class Text {
      @IsString() @Type(() => String) text!: string;
    }
    expect(await bothMake(Text, { text: new Map([['a', 1]]) })).toMatchObject({ statusCode: 422 });
  });

  test('where the type of what can not be written throws', async () => {
    class Broken {
      @Allow() name?: string;
      @Type(() => {
        throw new Error('broken type');
      })
      method() {}
    }
    expect(await bothMake(Broken, { method: 1 })).toEqual(new Error('broken type'));
  });

  test('where a list and its items can not be made, in the same order', async () => {
    class Fragile {
      @Allow() a?: unknown;
      constructor() {
        throw new Error('item');
      }
    }
    class List extends Array<unknown> {
      constructor() {
        super();
        throw new Error('list');
      }
    }
    class Lists {
      @Allow() @Type(() => Fragile) list!: List;
    }
    expect(await bothMake(Lists, { list: [{}] })).toEqual(new Error('list'));
  });
});

describe('a function that is given to @Type is asked for every object', () => {
  class First {
    @Allow() v1?: number;
  }
  class Second {
    @IsString() v2!: string;
  }
  const TYPES: Readonly<Record<string, typeof First | typeof Second | undefined>> = { first: First, second: Second };
  const flags = { second: false };
  type Given = { object: { kind?: string; second?: boolean; meta?: { kind: string } } };
  const named = (name: () => unknown): PropertyDecorator => Type(name as () => typeof First);

  class Defaults {
    @Allow() second?: boolean;
    @ValidateNested() @named(((o: Partial<Given> = {}) => (o.object?.second ? Second : First)) as never) at!: unknown;
  }
  class Rest {
    @Allow() second?: boolean;
    @ValidateNested() @named((...[o]: Given[]) => (o!.object.second ? Second : First)) at!: unknown;
  }
  class Arguments {
    @Allow() second?: boolean;
    @ValidateNested()
    @named(function () {
      return (arguments[0] as Given).object.second ? Second : First;
    })
    at!: unknown;
  }
  class Destructured {
    @Allow() second?: boolean;
    @ValidateNested() @named((({ object }: Given) => (object.second ? Second : First)) as never) at!: unknown;
  }
  class Flagged {
    @Allow() second?: boolean;
    @ValidateNested() @named(() => (flags.second ? Second : First)) at!: unknown;
  }

  test.each<[string, Constructor<object>]>([
    ['with a default', Defaults],
    ['with a rest', Rest],
    ['with arguments', Arguments],
    ['with a pattern', Destructured],
    ['without parameters', Flagged],
  ])('%s', async (_, type) => {
    for (const second of [false, true, false]) {
      flags.second = second;
      expect(await bothMake(type, { second, at: { v2: 'a' } })).toMatchObject({
        at: { constructor: second ? Second : First },
      });
      expect(await bothMake(type, { second, at: {} })).toMatchObject(second ? { statusCode: 422 } : { at: {} });
      await bothMake(type, { second, at: [{ v2: 1 }, null, [{}]] });
      await bothMake(type, { second, at: 5 });
    }
  });

  const looking = (type: unknown) => ((...given: Given[]) => (given.length > 0 ? type : undefined)) as never;

  test('whatever it names: scalars, collections, nothing', async () => {
    for (const type of [String, Number, Date, Buffer, Map, Set, Object, undefined]) {
      class Any {
        @Allow() @named(looking(type)) at!: unknown;
        @Allow() @named(looking(type)) list!: unknown[];
      }
      for (const value of [1, '2', null, { a: 1 }, [1], [{ a: [1] }], []])
        await bothMake(Any, { at: value, list: [value] });
    }
  });

  test('and what it needs may be missing: at the start, and in what comes in', async () => {
    class Looked {
      @Allow() kind?: string;
      @ValidateNested() @named(((o: Given) => TYPES[o.object.kind!]) as never) at!: unknown;
    }
    class Deep {
      @Allow() meta?: object;
      @ValidateNested() @named(((o: Given) => TYPES[o.object.meta!.kind]) as never) at!: unknown;
    }
    for (const type of [Looked, Deep]) expect(() => checkDto(type, 'the body')).not.toThrow();
    expect(await bothMake(Looked, { kind: 'second', at: { v2: 'a' } })).toMatchObject({ at: expect.any(Second) });
    expect(await bothMake(Deep, { meta: { kind: 'first' }, at: {} })).toMatchObject({ at: expect.any(First) });
    expect(await bothMake(Deep, { at: {} })).toMatchObject({
      statusCode: 422,
      detail: [{ loc: ['body', 'at'], type: 'conversion' }],
    });
  });

  test('and it may do to the object what it likes, which the caller does not see', async () => {
    class Removing {
      @Allow()
      @named(((o: { object: { seen?: number } }) => {
        delete o.object.seen;
        return First;
      }) as never)
      at!: unknown;
      @Allow() seen?: number;
    }
    const input = { at: {}, seen: 1 };
    await bothMake(Removing, input);
    expect(input).toEqual({ at: {}, seen: 1 });
  });
});

function property(declared: unknown, type: unknown): Constructor<object> {
  class Dto {
    declare x: unknown;
    @Allow() name?: string;
  }
  Allow()(Dto.prototype, 'x');
  Reflect.defineMetadata('design:type', declared, Dto.prototype, 'x');
  Type(() => type as never)(Dto.prototype, 'x');
  return Dto;
}

describe('no input causes anything but an instance or a 4xx', () => {
  class Above {
    get total(): number {
      return 1;
    }
  }
  class Inherits extends Above {
    @Allow() name?: string;
  }
  class Refusing {
    @Allow()
    @Type()
    @Transform(({ value, obj }) => {
      if (obj.at === 'bad') throw new BadRequestException('Not bad');
      return value as unknown;
    })
    at!: Date;
  }
  const BUILT_IN = [
    Buffer,
    URL,
    BigInt,
    Symbol,
    Promise,
    Map,
    Set,
    WeakMap,
    RegExp,
    Date,
    Uint8Array,
    ArrayBuffer,
    Number,
    String,
    Boolean,
    Object,
    Array,
    Proxy,
  ];
  const types: Constructor<object>[] = [
    Inherits,
    Refusing,
    ...BUILT_IN.flatMap((type) => [property(type, type), property(Array, type), property(Object, type)]),
  ];
  const json = fc.jsonValue({ maxDepth: 3 });
  const input = fc.record(
    { x: json, name: json, total: json, at: fc.oneof(json, fc.constant('bad')) },
    { requiredKeys: [] },
  );

  test('compiled or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), input, async (type, value) => {
        const result = await bothMake(type, value);
        if (result instanceof HttpException) expect(result.statusCode).toBeLessThan(500);
        else expect(result).toBeInstanceOf(type);
      }),
      {
        numRuns: 1000,
        examples: types.flatMap((type) =>
          [[], {}, 5, 'a', [[]]].map((x) => [type, { x }] as [Constructor<object>, object]),
        ),
      },
    );
  });

  test('and the program refuses in its own words', async () => {
    expect(await bothMake(Refusing, { at: 'bad' })).toMatchObject({ statusCode: 400, detail: 'Not bad' });
    expect(await bothMake(Inherits, { total: 5 })).toMatchObject({
      statusCode: 422,
      detail: [{ loc: ['body', 'total'], type: 'conversion' }],
    });
  });
});

describe('a compiled class is checked as class-validator checks it', () => {
  test('where a message is neither text nor a function', async () => {
    class Silent {
      @IsString({ message: { text: '$value' } as unknown as string }) name!: string;
    }
    expect(await bothMake(Silent, { name: 1 })).toMatchObject({
      detail: [{ msg: 'name is invalid', type: 'isString' }],
    });
  });

  test('where rules have a context', async () => {
    class Coded {
      @IsString({ context: { code: 17 } }) name!: string;
      @ValidateNested({ context: { code: 18 } }) @Type(() => Coded) @IsOptional() inner?: Coded;
    }
    expect(await bothMake(Coded, { name: 1, inner: 'a' })).toMatchObject({
      detail: [
        { type: 'isString', context: { code: 17 } },
        { type: 'nestedValidation', context: { code: 18 } },
      ],
    });
  });

  test('where one of two rules of a name has a context, and is kept', async () => {
    class Twice {
      @Min(1) @Min(1, { each: true, context: { code: 1 } }) total!: number;
    }
    expect(await bothMake(Twice, { total: [] })).toMatchObject({ detail: [{ type: 'min', context: { code: 1 } }] });
  });

  test('where a nested class is a set', async () => {
    class Members extends Set<unknown> {}
    class Team {
      @ValidateNested() @Type(() => Members) members!: Members;
    }
    expect(await bothMake(Team, { members: {} })).toBeInstanceOf(Team);
  });

  test('where a nested item is a number of a type of its own', async () => {
    class Account {
      @ValidateNested() @Type(() => BigInt as never) balances!: bigint[];
    }
    expect(await bothMake(Account, { balances: [5n] })).toMatchObject({
      detail: [{ loc: ['body', 'balances', 0], type: 'nestedValidation' }],
    });
  });
});

describe('rules that answer later', () => {
  test.each([0, 1, 2, 3, 4])(
    'are told in the order in which they answer, with one asked of each item: %d turns',
    async (turns) => {
      class Told {
        @later('each', true, 1, () => false) @later('one', false, turns, () => false) list!: string[];
      }
      class Failed {
        @later('each', true, 1, () => {
          throw new Error('each');
        })
        @later('one', false, turns, () => {
          throw new Error('one');
        })
        list!: string[];
      }
      expect(await bothMake(Told, { list: ['a'] })).toMatchObject({ statusCode: 422 });
      expect(await bothMake(Failed, { list: ['a'] })).toBeInstanceOf(Error);
    },
  );
});

describe('@ValidateNested that is inherited twice', () => {
  class Item {
    @IsString() name!: string;
  }
  class Base {
    @ValidateNested({ each: true }) @Type(() => Item) items!: Item[];
  }
  class Heir extends Base {
    @ValidateNested({ each: true }) @Type(() => Item) declare items: Item[];
  }
  class Last extends Heir {
    @IsOptional() more?: unknown;
  }

  test('tells what is wrong once', async () => {
    expect(await bothMake(Last, { items: [{ name: 1 }, 'a'] })).toMatchObject({
      detail: [
        { loc: ['body', 'items', 0, 'name'], type: 'isString' },
        { loc: ['body', 'items', 1], type: 'nestedValidation' },
      ],
    });
  });

  test('takes no longer for lists in lists, which are more work for the library with each level', async () => {
    const items = own(`${'['.repeat(60)}"a"${']'.repeat(60)}`);
    expect(await outcome(compiledReader(Last, body), { items })).toMatchObject({ statusCode: 422 });
  });
});
