import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Allow,
  IsArray,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  Min,
  useContainer,
  Validate,
  ValidateBy,
  ValidateNested,
  ValidatePromise,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { compiledReader } from '../../../src/validation/compiled/compiled-reader.js';
import { libraryReader } from '../../../src/validation/dto/library-reader.js';
import { broken, outcome, refusal } from '../refusal.js';

class Line {
  @IsString() sku!: string;
  @IsInt() @Min(1) quantity!: number;
}

class Order {
  @IsEmail() email!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
  @IsOptional() meta?: unknown;
}

const body = { location: 'body' } as const;
const read = compiledReader(Order, body);
const valid = () => ({ email: 'ada@example.com', lines: [{ sku: 'A', quantity: 1 }] });

/** What is there at once: a value, or what was thrown. */
function atOnce(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('a class whose rules all answer at once', () => {
  test('is read at once', () => {
    expect(read(valid())).toBeInstanceOf(Order);
    expect((read(valid()) as Order).lines[0]).toBeInstanceOf(Line);
  });

  test('is refused at once', () => {
    expect(atOnce(() => read({ ...valid(), email: 'ada' }))).toMatchObject({
      statusCode: 422,
      detail: [{ loc: ['body', 'email'], msg: 'email must be an email', type: 'isEmail' }],
    });
  });
});

describe('a rule that answers with a promise', () => {
  class Account {
    @ValidateBy({
      name: 'isFree',
      validator: { validate: (value) => (value === 'x' ? false : Promise.resolve(value !== 'ada')) },
    })
    name!: string;
    @IsString()
    @Validate(
      class {
        validate() {
          return true;
        }
      },
    )
    other!: string;
  }
  const account = compiledReader(Account, body);

  test('is waited for', async () => {
    expect(account({ name: 'bob', other: '' })).toBeInstanceOf(Promise);
    expect(await account({ name: 'bob', other: '' })).toBeInstanceOf(Account);
    expect(await broken(account, { name: 'ada' })).toEqual(['body.name isFree', 'body.other isString']);
  });

  test('costs no promise where it answers at once', () => {
    expect(atOnce(() => account({ name: 'x', other: '' }))).toMatchObject({ statusCode: 422 });
  });

  test('fails the request with what it rejects with', async () => {
    class Fragile {
      @ValidateBy({ name: 'x', validator: { validate: () => Promise.reject(new Error('no database')) } }) a!: string;
    }
    expect(await outcome(compiledReader(Fragile, body), {})).toEqual(new Error('no database'));
  });
});

describe('what is not compiled', () => {
  class Promised {
    @ValidatePromise() @IsInt() @Transform(({ value }) => Promise.resolve(value)) later!: Promise<number>;
  }
  class Holder {
    @IsInt() first!: number;
    @ValidateNested() @Type(() => Promised) inner!: Promised;
    @IsInt() last!: number;
  }
  class Shape {
    @IsString() kind!: string;
  }
  class Circle extends Shape {
    @IsInt() radius!: number;
  }
  class Drawing {
    @IsInt() first!: number;
    @ValidateNested({ each: true })
    @Type(() => Shape, {
      keepDiscriminatorProperty: true,
      discriminator: {
        property: 'kind',
        subTypes: [
          { name: 'circle', value: Circle },
          { name: 'line', value: Shape },
        ],
      },
    })
    shapes!: Shape[];
    @ValidateNested({ each: true }) @Type(() => Shape) @IsOptional() byName?: Map<string, Shape>;
  }

  test('is checked by the library, in its place', async () => {
    const holder = compiledReader(Holder, body);
    const input = { first: 'a', inner: { later: 'x' }, last: 'b' };
    expect(await broken(holder, input)).toEqual(['body.first isInt', 'body.inner.later isInt', 'body.last isInt']);
    expect(await refusal(holder, input)).toEqual(await refusal(libraryReader(Holder, body), input));
    expect(await holder({ first: 1, inner: { later: 2 }, last: 3 })).toBeInstanceOf(Holder);
  });

  test('is built by the library, and checked at once', () => {
    const drawing = compiledReader(
      Drawing,
      body,
    )({ first: 1, shapes: [{ kind: 'circle', radius: 1 }, { kind: 'line' }], byName: { a: { kind: 'x' } } }) as Drawing;
    expect(drawing.shapes.map(({ constructor }) => constructor)).toEqual([Circle, Shape]);
    expect(drawing.byName?.get('a')).toBeInstanceOf(Shape);
  });
});

describe('a constraint of a container', () => {
  afterEach(() => useContainer({ get: () => undefined }, { fallback: true }));

  test('is asked for at every value, so that it may be another one each time', () => {
    @ValidatorConstraint()
    class Below implements ValidatorConstraintInterface {
      constructor(readonly limit = 0) {}
      validate(value: number) {
        return value < this.limit;
      }
    }
    class Limited {
      @Validate(Below) size!: number;
    }
    let limit = 0;
    useContainer(
      { get: (type) => (type === (Below as unknown) ? new Below(limit) : undefined) as never },
      { fallback: true },
    );
    const limited = compiledReader(Limited, body);
    expect(atOnce(() => limited({ size: 5 }))).toMatchObject({ statusCode: 422 });
    limit = 10;
    expect(limited({ size: 5 })).toBeInstanceOf(Limited);
  });
});

describe('input that no JSON parser makes', () => {
  test('may be frozen', () => {
    const deepFrozen = Object.freeze({
      email: 'ada@example.com',
      lines: Object.freeze([Object.freeze({ sku: 'A', quantity: 1 })]),
    });
    expect(read(deepFrozen)).toEqual(valid());
  });

  test('has its getters read once, and may throw', () => {
    let reads = 0;
    const input = {
      get email() {
        reads++;
        return 'ada@example.com';
      },
      lines: [],
    };
    expect(read(input)).toEqual({ email: 'ada@example.com', lines: [] });
    expect(reads).toBe(1);
    expect(
      atOnce(() =>
        read({
          get email() {
            throw new Error('getter');
          },
          lines: [],
        }),
      ),
    ).toEqual(new Error('getter'));
  });

  test('loses the holes of its arrays', () => {
    // oxlint-disable-next-line no-sparse-arrays -- that is the point
    expect(read({ ...valid(), meta: [, 1, , [2, ,]] })).toEqual({ ...valid(), meta: [1, [2]] });
  });

  test('may be an instance, which is copied', () => {
    const given = Object.assign(new Order(), valid());
    const order = read(given);
    expect(order).not.toBe(given);
    expect(order).toEqual(valid());
  });

  test('keeps names of prototypes out', () => {
    const order = read(
      JSON.parse(
        '{"email":"ada@example.com","lines":[],"__proto__":{"a":1},"constructor":{"prototype":{"b":1}},"meta":{"__proto__":{"c":1},"toString":1}}',
      ),
    ) as Order;
    expect(Object.keys(order)).toEqual(['email', 'lines', 'meta']);
    expect(Object.getPrototypeOf(order)).toBe(Order.prototype);
    expect(Object.keys(order.meta as object)).toEqual([]);
    expect(Object.getPrototypeOf(order.meta)).toBe(Object.prototype);
  });
});

const many = <T>(item: T): T[] => Array.from({ length: 150_000 }, () => item);

describe('long lists', () => {
  test('are read', () => {
    expect((read({ ...valid(), lines: many({ sku: 'A', quantity: 1 }) }) as Order).lines).toHaveLength(150_000);
  });

  test.each<[string, unknown]>([
    ['wrong items', { sku: 'A', quantity: 0 }],
    ['items that are no objects', 'a'],
    ['lists of wrong items', ['a']],
  ])('are refused for the first thousand of their %s', async (_, item) => {
    const { detail } = atOnce(() => read({ ...valid(), lines: many(item) })) as { detail: { loc: unknown[] }[] };
    expect(detail).toHaveLength(1000);
    expect(detail.at(-1)!.loc.slice(0, 3)).toEqual(['body', 'lines', 999]);
    expect(await refusal(libraryReader(Order, body), { ...valid(), lines: many(item).slice(0, 2000) })).toEqual(detail);
  });

  test('are read to their end where rules answer later', async () => {
    class Late {
      @ValidateBy({ name: 'late', validator: { validate: async (value) => value !== 1 } }) a?: number;
    }
    class List {
      @ValidateNested({ each: true }) @Type(() => Late) items!: Late[];
    }
    const items = [...Array.from({ length: 1500 }, () => ({ a: 0 })), { a: 1 }];
    expect(await broken(compiledReader(List, body), { items })).toEqual(['body.items.1500.a late']);
  });
});

describe('members that no rule knows', () => {
  class Known {
    @Allow() any?: unknown;
    @IsOptional() @IsInt() count?: number;
  }

  test('are taken off or refused, those with @Allow are not', () => {
    const input = { any: 1, count: 1, more: 1, evenMore: 1 };
    expect(compiledReader(Known, body, { whitelist: true })(input)).toEqual({ any: 1, count: 1 });
    expect(
      atOnce(() => compiledReader(Known, body, { whitelist: true, forbidNonWhitelisted: true })(input)),
    ).toMatchObject({
      detail: [{ loc: ['body', 'more'] }, { loc: ['body', 'evenMore'] }],
    });
  });
});

describe('a property', () => {
  test('may have any name', () => {
    class Odd {}
    const names = ["it's", '"', '\\', '\n', '\u2028', '${x}', '`', ']; throw 1; //', 'a-b', '0', '', 'case', 'ä'];
    for (const name of names) IsInt()(Odd.prototype, name);
    const input = Object.fromEntries(names.map((name) => [name, 1]));
    expect(compiledReader(Odd, body)(input)).toEqual(input);
    const details = (atOnce(() => compiledReader(Odd, body)({})) as { detail: { loc: unknown[] }[] }).detail;
    expect(details.map(({ loc }) => loc[1]).toSorted()).toEqual(names.toSorted());
  });
});

describe('input that is too deep', () => {
  class Base {
    inherited(): void {}
  }
  class Open extends Base {
    @IsOptional() @Exclude() left?: unknown;
    @IsOptional() any?: unknown;
    @IsOptional() @Type(() => Number) number?: number;
    @IsOptional() @Type(() => Open) open?: Open;
    own(): void {}
  }
  @Exclude()
  class Closed {
    @Expose() @IsOptional() any?: unknown;
  }
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

  test.each(['left', 'any', 'number', 'open', 'own', 'inherited', 'unknown'])(
    'is 400 also where it is not read: %s',
    (key) => {
      expect(atOnce(() => compiledReader(Open, body)({ [key]: nested(63) }))).toBeInstanceOf(Open);
      expect(atOnce(() => compiledReader(Open, body)({ [key]: nested(64) }))).toMatchObject({ statusCode: 400 });
      expect(atOnce(() => compiledReader(Closed, body)({ [key]: nested(64) }))).toMatchObject({ statusCode: 400 });
    },
  );
});

describe('a class that is left to the library', () => {
  class Shape {
    declare kind: string;
  }
  class Drawing {
    @Type(() => Shape, { discriminator: { property: 'kind', subTypes: [{ name: 'shape', value: Shape }] } })
    @Transform(({ value, obj }) => {
      (obj as { sizes: unknown }).sizes = ['2'];
      return value as unknown;
    })
    @IsOptional()
    shape?: Shape;

    @IsOptional()
    sizes?: number[];
  }

  it('shows what a transform does to its object to the conversion of strings, as the library does', async () => {
    const source = { location: 'query', strings: true } as const;
    const input = { shape: '', sizes: ['1'] };
    const expected = await libraryReader(Drawing, source)(structuredClone(input));
    expect(await compiledReader(Drawing, source)(structuredClone(input))).toEqual(expected);
  });
});
