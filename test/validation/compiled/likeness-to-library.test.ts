import { Expose, Type } from 'class-transformer';
import { Allow, IsOptional, IsString, ValidateBy, ValidateNested } from 'class-validator';
import type { Constructor } from '../../../src/shared/types.js';
import { compiledReader } from '../../../src/validation/compiled-reader.js';
import { dtoReader } from '../../../src/validation/dto-reader.js';
import { outcome } from '../refusal.js';
import { likenessOfOutcome } from './likeness.js';

const body = { location: 'body' } as const;

/** What both make of the value, which is the same. */
async function bothMake(type: Constructor<object>, value: unknown): Promise<unknown> {
  const [compiled, library] = [await outcome(compiledReader(type, body), value), await outcome(dtoReader(type, body), value)];
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
    class Exposed { @Allow() @Expose({ name }) odd?: unknown; }
    await bothMake(Exposed, {});
    await bothMake(Exposed, own(`{"${name}":1}`));
  });

  test('where a symbol is exposed', async () => {
    const symbol = Symbol('odd');
    class Exposed { @Allow() name?: string; @Expose() [symbol]?: unknown; }
    expect(Object.getOwnPropertySymbols(await bothMake(Exposed, { name: 'a' }))).toEqual([symbol]);
  });

  test('where a map comes for a text', async () => {
    class Text { @IsString() @Type(() => String) text!: string; }
    expect(await bothMake(Text, { text: new Map([['a', 1]]) })).toMatchObject({ statusCode: 422 });
  });

  test('where the type of what can not be written throws', async () => {
    class Broken {
      @Allow() name?: string;
      @Type(() => { throw new Error('broken type'); }) method() {}
    }
    expect(await bothMake(Broken, { method: 1 })).toEqual(new Error('broken type'));
  });

  test('where a list and its items can not be made, in the same order', async () => {
    class Fragile { @Allow() a?: unknown; constructor() { throw new Error('item'); } }
    class List extends Array<unknown> { constructor() { super(); throw new Error('list'); } }
    class Lists { @Allow() @Type(() => Fragile) list!: List; }
    expect(await bothMake(Lists, { list: [{}] })).toEqual(new Error('list'));
  });
});

describe('a compiled class is checked as class-validator checks it', () => {
  test('where a message is neither text nor a function', async () => {
    class Silent { @IsString({ message: { text: '$value' } as unknown as string }) name!: string; }
    expect(await bothMake(Silent, { name: 1 })).toMatchObject({ detail: [{ msg: 'name is invalid', type: 'isString' }] });
  });

  test('where a nested class is a set', async () => {
    class Members extends Set<unknown> {}
    class Team { @ValidateNested() @Type(() => Members) members!: Members; }
    expect(await bothMake(Team, { members: {} })).toBeInstanceOf(Team);
  });

  test('where a nested item is a number of a type of its own', async () => {
    class Account { @ValidateNested() @Type(() => BigInt as never) balances!: bigint[]; }
    expect(await bothMake(Account, { balances: [5n] })).toMatchObject({ detail: [{ loc: ['body', 'balances', 0], type: 'nestedValidation' }] });
  });
});

describe('rules that answer later', () => {
  test.each([0, 1, 2, 3, 4])('are told in the order in which they answer, with one asked of each item: %d turns', async (turns) => {
    class Told {
      @later('each', true, 1, () => false) @later('one', false, turns, () => false) list!: string[];
    }
    class Failed {
      @later('each', true, 1, () => { throw new Error('each'); }) @later('one', false, turns, () => { throw new Error('one'); }) list!: string[];
    }
    expect(await bothMake(Told, { list: ['a'] })).toMatchObject({ statusCode: 422 });
    expect(await bothMake(Failed, { list: ['a'] })).toBeInstanceOf(Error);
  });
});

describe('@ValidateNested that is inherited twice', () => {
  class Item { @IsString() name!: string; }
  class Base { @ValidateNested({ each: true }) @Type(() => Item) items!: Item[]; }
  class Heir extends Base { @ValidateNested({ each: true }) @Type(() => Item) declare items: Item[]; }
  class Last extends Heir { @IsOptional() more?: unknown; }

  test('tells what is wrong once', async () => {
    expect(await bothMake(Last, { items: [{ name: 1 }, 'a'] })).toMatchObject({
      detail: [
        { loc: ['body', 'items', 0, 'name'], type: 'isString' },
        { loc: ['body', 'items', 1], type: 'nestedValidation' },
      ],
    });
  });

  test('takes no longer for lists in lists, which are more work for the library with each level', async () => {
    const items = own(`${'['.repeat(60)}${']'.repeat(60)}`);
    expect(await outcome(compiledReader(Last, body), { items })).toMatchObject({ statusCode: 422 });
  });
});
