import 'reflect-metadata';
import { Readable } from 'node:stream';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { NotFoundException } from '../../../src/errors/exceptions.js';
import { Response } from '../../../src/http/response/response.js';
import { serialize, withoutBigInts } from '../../../src/validation/output/serialize.js';
import { provideSerialization } from '../../../src/validation/transformer/serialization-rules.js';

provideSerialization();

class Decimal {
  constructor(private readonly digits: string) {}
  toString(): string {
    return this.digits;
  }
  toJSON(): string {
    return this.digits;
  }
}

class Sub {
  @Expose() shown = 1;
  @Exclude() hidden = 'hidden';
}

class User {
  id = 1;
  @Exclude() password = 'hidden';
  @Expose({ name: 'full_name' }) name = 'Ada';
  @Transform(({ value }) => (value as Decimal).toString().padStart(5, '0')) rate = new Decimal('1.5');
  balance = new Decimal('2.50');
  seen = new Date(0);
  @Type(() => Sub) typed = [new Sub()];
  untyped = { sub: new Sub(), list: [[new Sub(), new Decimal('3')]] };
  @Expose() get initials(): string {
    return this.name[0]!;
  }
}

const user = {
  id: 1,
  full_name: 'Ada',
  rate: '001.5',
  balance: '2.50',
  seen: '1970-01-01T00:00:00.000Z',
  typed: [{ shown: 1 }],
  untyped: { sub: { shown: 1 }, list: [[{ shown: 1 }, '3']] },
  initials: 'A',
};
// Written otherwise it would be taken for a mistake.
const THEN = ['th', 'en'].join('');
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(serialize(value)));

describe('decorated instances', () => {
  test('are written by their decorators', () => {
    expect(sent(new User())).toEqual(user);
  });

  test.each<[string, unknown, unknown]>([
    ['an array', [new User(), 1], [user, 1]],
    ['a plain object', { data: { user: new User() }, total: 1 }, { data: { user }, total: 1 }],
    [
      'an instance without decorators',
      Object.assign(
        new (class Page {
          items = [new User()];
        })(),
        { next: null },
      ),
      { items: [user], next: null },
    ],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { user: new User() }), { user }],
  ])('are found inside %s', (_where, value, expected) => {
    expect(sent(value)).toEqual(expected);
  });

  test('are not changed', () => {
    const value = { user: new User() };
    const before = structuredClone(Object.keys(value.user));
    serialize(value);
    expect(value.user).toBeInstanceOf(User);
    expect(Object.keys(value.user)).toEqual(before);
    expect(value.user.balance).toBeInstanceOf(Decimal);
  });

  test('keep what their subclass excludes, and what their parent does', () => {
    class Admin extends User {
      @Exclude() key = 'hidden';
      level = 9;
    }
    expect(sent(new Admin())).toEqual({ ...user, level: 9 });
  });

  test('write only what is exposed where the class is excluded', () => {
    @Exclude()
    class Closed {
      @Expose() a = 1;
      b = 2;
    }
    expect(sent([new Closed()])).toEqual([{ a: 1 }]);
  });

  test('win over a toJSON of their own', () => {
    class Both {
      @Exclude() password = 'hidden';
      id = 1;
      toJSON() {
        return { ...this };
      }
    }
    expect(sent(new Both())).toEqual({ id: 1 });
  });

  test('are written by their decorators where they hold functions, which are not called', () => {
    class Session {
      @Exclude() token = 'hidden';
      id = 1;
      ended = false;
      end = () => {
        this.ended = true;
      };
      @Expose() label = () => `session ${this.id}`;
    }
    const session = new Session();
    expect(sent({ session })).toEqual({ session: { id: 1, ended: false, label: 'session 1' } });
    expect(session.ended).toBe(false);
  });

  test('are written as they are with private members, frozen, or extending a class of the platform', () => {
    class Account {
      readonly #owner = 'Ada';
      @Exclude() token = 'hidden';
      close = () => this.#owner;
      @Expose() get owner(): string {
        return this.#owner;
      }
      @Expose() initial(): string {
        return this.#owner[0]!;
      }
      @Transform(({ obj }: { obj: Account }) => obj.owner) by = '';
    }
    const expected = { owner: 'Ada', initial: 'A', by: 'Ada' };
    expect(sent(Object.freeze(new Account()))).toEqual(expected);
    expect(
      sent([
        new (class Other extends Account {
          level = 1;
        })(),
      ]),
    ).toEqual([{ ...expected, level: 1 }]);
    class Users extends Map<string, Sub> {
      @Exclude() token = 'hidden';
      close = () => undefined;
    }
    expect(sent(Object.freeze(new Users([['a', new Sub()]])))).toEqual({ a: { shown: 1 } });
    class Failure extends Error {
      @Expose() code = 7;
      @Exclude() secret = 'hidden';
    }
    expect(sent({ failure: new Failure('no') })).toEqual({ failure: { code: 7 } });
  });

  // Decorators say which members are content; of these classes none is, unless @Expose names it.
  test.each<[string, new (...given: never[]) => object, unknown[]]>([
    ['Date', Date, [0]],
    ['Error', Error, ['inside']],
    ['Map', Map, [[['a', 1]]]],
    ['Set', Set, [[1]]],
    ['Array', Array, [1, 2]],
    ['Promise', Promise, [() => undefined]],
    ['Uint8Array', Uint8Array, [2]],
    ['Buffer', ArrayBuffer, [2]],
    ['RegExp', RegExp, ['a']],
    ['URLSearchParams', URLSearchParams, ['a=b']],
    ['Headers', Headers, [{ a: 'b' }]],
    ['String', String, ['a']],
    ['Number', Number, [7]],
    ['Readable', Readable, []],
    ['Response', Response, ['a']],
  ])('are what their class is that extends %s', (_name, Base, given) => {
    const Open = Base as new (...values: unknown[]) => object;
    class Decorated extends Open {
      @Exclude() secret = 'hidden';
    }
    const written = (value: object): unknown => {
      try {
        return sent({ value });
      } catch (error) {
        return (error as Error).message.replaceAll('Decorated', Open.name);
      }
    };
    const one = new Decorated(...given);
    expect(written(one)).toEqual(written(new Open(...given)));
    expect(JSON.stringify(written(one))).not.toContain('hidden');
  });

  test('of a subclass keep out what that excludes, where @Type names the parent', () => {
    class Agent extends Sub {
      @Exclude() cover = 'hidden';
      rank = 1;
    }
    class Case {
      @Type(() => Sub) by: Sub[] = [new Agent(), new Sub()];
      @Type(() => Sub) map = new Map([['a', new Agent()]]);
    }
    expect(sent(new Case())).toEqual({ by: [{ shown: 1, rank: 1 }, { shown: 1 }], map: { a: { shown: 1, rank: 1 } } });
  });

  test('keep out what either class excludes, where @Type names another one', () => {
    class Other {
      @Exclude() other = 'hidden';
      hidden = 'hidden';
      shown = 2;
    }
    class Case {
      @Type(() => Sub) by: unknown = new Other();
    }
    expect(sent(new Case())).toEqual({ by: { shown: 2 } });
  });

  test('make of data what @Type calls it', () => {
    const data = { shown: 1, hidden: 'hidden' };
    class Row {
      declare shown: number;
      declare hidden: string;
    }
    const row = Object.assign(new Row(), data);
    const document = { toJSON: () => data };
    class Case {
      @Type(() => Sub) one: unknown = data;
      @Type(() => Sub) list: unknown = [data, new Set([data])];
      @Type(() => Sub) map = new Map([['a', data]]);
      @Type(() => Sub) row = row;
      @Type(() => Sub) document = document;
      @Type(() => Number) number = '7';
      @Type(() => String) text = 7;
      @Type(() => Date) date = '1970-01-01';
    }
    const shown = { shown: 1 };
    expect(sent(new Case())).toEqual({
      one: shown,
      list: [shown, [shown]],
      map: { a: shown },
      row: shown,
      document: shown,
      number: 7,
      text: '7',
      date: '1970-01-01T00:00:00.000Z',
    });
  });

  test('say which of several classes they are, and stay as they are', () => {
    class Cat {
      @Exclude() secret = 'hidden';
      lives = 9;
    }
    class Dog {
      tail = true;
    }
    class Home {
      @Type(() => Object, {
        discriminator: {
          property: 'kind',
          subTypes: [
            { name: 'cat', value: Cat },
            { name: 'dog', value: Dog },
          ],
        },
      })
      pets: object[] = [new Cat(), Object.freeze(new Dog())];
    }
    const home = new Home();
    expect(sent(home)).toEqual({
      pets: [
        { lives: 9, kind: 'cat' },
        { tail: true, kind: 'dog' },
      ],
    });
    expect(home.pets[0]).not.toHaveProperty('kind');
  });

  test('keep values that write themselves where @Type names their class', () => {
    class Priced {
      @Type(() => Decimal) price = new Decimal('9.90');
    }
    expect(sent(new Priced())).toEqual({ price: '9.90' });
  });
});

describe('everything else', () => {
  test.each([
    ['a date', new Date(0)],
    [
      'an instance with a constructor of its own',
      Object.assign(
        new (class Point {
          x = 1;
        })(),
        { constructor: Decimal, list: [1, [new Date(0)]], bytes: Buffer.from('a') },
      ),
    ],
    ['a buffer', Buffer.from('a')],
    ['a list', [1, 'a', null, undefined, { a: [true] }]],
    ['data', { a: { b: [{ c: new Date(0), d: Buffer.from('a') }] } }],
    ['text', 'text'],
    ['nothing', null],
  ])('is returned as it is: %s', (_name, value) => {
    expect(serialize(value)).toBe(value);
  });

  test.each<[string, unknown, unknown]>([
    ['a URL', new URL('https://example.com/a'), 'https://example.com/a'],
    ['a Decimal', { price: new Decimal('1') }, { price: '1' }],
    ['data with a toJSON', { a: 1, toJSON: () => 'b' }, 'b'],
    [
      'a toJSON that is told its key',
      { a: { toJSON: (key: string) => key }, list: [{ toJSON: (key: string) => key }] },
      { a: 'a', list: ['0'] },
    ],
    [
      'a toJSON that gives its own object',
      {
        a: 1,
        sub: new Sub(),
        toJSON() {
          return this;
        },
      },
      { a: 1, sub: { shown: 1 } },
    ],
    ['a list that writes itself', Object.assign([1], { toJSON: () => [2, new Sub()] }), [2, { shown: 1 }]],
    [
      'a function that writes itself',
      { run: Object.assign(() => 1, { toJSON: () => new Sub() }) },
      { run: { shown: 1 } },
    ],
    ['a date that writes itself in another way', Object.assign(new Date(0), { toJSON: () => new Sub() }), { shown: 1 }],
    [
      'a map',
      new Map<unknown, unknown>([
        ['a', 1],
        [2, new Sub()],
      ]),
      { a: 1, 2: { shown: 1 } },
    ],
    [
      'a map with a polluting key',
      { map: new Map([['__proto__', { admin: true }]]) },
      { map: JSON.parse('{"__proto__":{"admin":true}}') as unknown },
    ],
    ['a set', { set: new Set([1, new Sub(), 'a']) }, { set: [1, { shown: 1 }, 'a'] }],
    [
      'a class that extends Map',
      new (class Prices extends Map<string, unknown> {
        currency = 'EUR';
      })([['a', new Sub()]]),
      { a: { shown: 1 } },
    ],
    ['a class that extends Array', new (class Page extends Array<unknown> {})(new Sub(), 1), [{ shown: 1 }, 1]],
    ['boxed values', [Object(1), Object('a'), Object(true)], [1, 'a', true]],
    ['an invalid date', { date: new Date(Number.NaN) }, { date: null }],
    ['NaN and infinity', [Number.NaN, Number.POSITIVE_INFINITY], [null, null]],
    [
      'an empty instance',
      {
        filter: new (class Filter {
          declare by?: string;
        })(),
      },
      { filter: {} },
    ],
    [
      'an instance without a value',
      {
        filter: new (class Filter {
          by?: string;
          get any(): boolean {
            return false;
          }
        })(),
      },
      { filter: {} },
    ],
    [
      'functions and symbols, which it leaves out',
      { a: 1, run: () => 1, [Symbol('s')]: 2, mark: Symbol('m') },
      { a: 1 },
    ],
    [
      'a frozen instance',
      Object.freeze(
        new (class Job {
          id = 1;
          run = () => 1;
        })(),
      ),
      { id: 1 },
    ],
  ])('is written as it should be: %s', (_name, value, expected) => {
    expect(sent(value)).toEqual(expected);
  });

  test('is asked for its JSON once', () => {
    const toJSON = jest.fn(() => ({ a: 1 }));
    expect(sent({ list: [{ toJSON }] })).toEqual({ list: [{ a: 1 }] });
    expect(toJSON).toHaveBeenCalledTimes(1);
  });

  test('is left alone with the functions it holds', () => {
    class Job {
      cancelled = false;
      cancel = () => {
        this.cancelled = true;
      };
    }
    const job = new Job();
    expect(serialize(job)).toBe(job);
    expect(job.cancelled).toBe(false);
  });

  test('is copied only along the way to a decorated instance', () => {
    const untouched = { a: [1] };
    const result = serialize({ untouched, user: new Sub() }) as { untouched: unknown };
    expect(result.untouched).toBe(untouched);
  });

  test('is refused when it is circular, with where it leads back to', () => {
    const customer: { orders: unknown[] } = { orders: [] };
    customer.orders.push({ id: 1 }, new Map([['customer', customer]]));
    const within = { page: new Set([customer]) };
    expect(() => serialize(within)).toThrow(
      new TypeError(
        'The result is circular: "page[0].orders[1].customer" is the same object as "page[0]". Return data without ' +
          'the reference back, or leave it out with @Exclude()',
      ),
    );
    const circle: { self?: unknown; list: unknown[] } = { list: [] };
    circle.list.push(circle);
    expect(() => serialize(circle)).toThrow('"list[0]" is the same object as the result.');
    class Knot {
      @Exclude() a = 1;
      self: unknown = this;
    }
    expect(() => serialize(new Knot())).toThrow('circular: "self" is the same object as the result.');
    class Ring {
      @Type(() => Ring) next: unknown = [this];
    }
    expect(() => serialize(new Ring())).toThrow('circular: "next[0]" is');
    const map = new Map<string, unknown>();
    expect(() => serialize(map.set('self', map))).toThrow(/circular/);
    expect(() =>
      serialize({
        toJSON() {
          return { inner: this };
        },
      }),
    ).toThrow('circular: "toJSON().inner" is');
  });

  test('is refused when it has no end, with where it begins', () => {
    const endless = {
      get next(): unknown {
        return { inner: Object.create(null, Object.getOwnPropertyDescriptors(endless)) };
      },
    };
    const deep = JSON.parse(`${'{"a":['.repeat(600)}${']}'.repeat(600)}`) as unknown;
    expect(() => serialize(endless)).toThrow(
      'more than 1000 levels deep, in "next.inner.next.inner.next…": return less',
    );
    expect(() => serialize(deep)).toThrow('more than 1000 levels deep, in "a[0].a[0].a…"');
    expect(() => serialize({ toJSON: () => ({ endless }) })).toThrow('in "toJSON().endless.next.inner.next…"');
  });
});

test('an instance without decorators is not looked at again and not copied', () => {
  class Point {
    x = 1;
    y = 2;
  }
  const points = [new Point(), new Point()];
  expect(serialize(points)).toBe(points);
});

describe('what JSON would lose without a word', () => {
  class Balance {
    readonly #cents = 7;
    get euros(): number {
      return this.#cents / 100;
    }
  }
  class Hidden {
    constructor() {
      Object.defineProperty(this, 'cents', { value: 7 });
    }
  }
  class Marked {
    constructor() {
      Object.assign(this, { [Symbol('cents')]: 7 });
    }
  }
  class Numbers {
    *[Symbol.iterator]() {
      yield 1;
    }
  }
  class Query {}
  Object.defineProperty(Query.prototype, THEN, { value: () => undefined });
  class Handlers {
    readonly #cents = 7;
    cents = () => this.#cents;
  }
  const { Response: GlobalResponse, Request: GlobalRequest } = globalThis;

  test.each<[string, unknown, RegExp]>([
    ['a promise', Promise.resolve(1), /is a promise: await it$/],
    ['something like a promise', new Query(), /is a promise: await it$/],
    [
      'a promise of a library, in plain members',
      { [THEN]: () => undefined, catch: () => undefined },
      /is a promise: await it$/,
    ],
    [
      'an instance that was made a promise',
      Object.assign(
        new (class Task {
          id = 1;
        })(),
        { [THEN]: () => undefined },
      ),
      /is a promise: await it$/,
    ],
    ['an error', new RangeError('inside'), /is an error \(RangeError\), whose members are not a result/],
    ['an exception', new NotFoundException(), /is a NotFoundException: throw it, or return its getResponse\(\)$/],
    ['headers', new Headers({ a: 'b' }), /Headers.*Object\.fromEntries/],
    ['parameters', new URLSearchParams('a=b'), /URLSearchParams.*Object\.fromEntries/],
    ['a form', new FormData(), /FormData.*Object\.fromEntries/],
    ['a blob', new Blob(['a']), /a Blob.*by itself/],
    ['a global response', new GlobalResponse('a'), /a Response: return it by itself/],
    ['a global request', new GlobalRequest('https://example.com'), /a Request/],
    ['a response', new Response('a'), /is a Response: return it by itself/],
    ['an ArrayBuffer', new Uint8Array([1]).buffer, /an ArrayBuffer.*Buffer\.from/],
    ['a SharedArrayBuffer', new SharedArrayBuffer(1), /a SharedArrayBuffer.*Buffer\.from/],
    ['a typed array', new Float64Array([1]), /a Float64Array.*Buffer\.from/],
    ['bytes', new Uint8Array([1]), /a Uint8Array.*base64/],
    ['a view', new DataView(new ArrayBuffer(1)), /a DataView.*Buffer\.from/],
    ['a regular expression', /a/, /a regular expression.*String/],
    ['a weak map', new WeakMap(), /a WeakMap/],
    ['a weak set', new WeakSet(), /a WeakSet/],
    ['a weak reference', new WeakRef({}), /a WeakRef/],
    ['a map with objects for keys', new Map([[{}, 1]]), /a Map with a key/],
    [
      'a map whose keys collide',
      new Map<unknown, unknown>([
        [1, 'a'],
        ['1', 'b'],
      ]),
      /a Map with two keys/,
    ],
    ['a stream', Readable.from(['a']), /a stream \(Readable\)/],
    ['a web stream', new ReadableStream(), /a stream \(ReadableStream\)/],
    [
      'a generator',
      (function* () {
        yield 1;
      })(),
      /an iterable.*\[\.\.\.it\]/,
    ],
    [
      'an async generator',
      (async function* () {
        yield 1;
      })(),
      /a stream/,
    ],
    ['an iterator', [1].values(), /an iterable.*\[\.\.\.it\]/],
    ['an iterable', new Numbers(), /an iterable \(Numbers\).*\[\.\.\.it\]/],
    ['private members', new Balance(), /an instance of Balance, which JSON writes as \{\}/],
    ['private members beside functions', new Handlers(), /an instance of Handlers, which JSON writes as \{\}/],
    ['members that are not enumerable', new Hidden(), /an instance of Hidden/],
    ['members behind symbols', new Marked(), /an instance of Marked/],
    ['a platform class', new AbortController(), /an instance of AbortController/],
    ['a boxed symbol', Object(Symbol('a')), /an instance of Symbol/],
  ])('is refused at any place: %s', (_name, value, message) => {
    for (const [place, result] of [
      ['', value],
      ['\'s "items[1].owner"', { items: [0, { owner: value }] }],
      ['\'s "map.key[0]"', { map: new Map([['key', new Set([value])]]) }],
      ['\'s "user.untyped"', { user: Object.assign(new User(), { untyped: value }) }],
      ['\'s "toJSON().inside"', { toJSON: () => ({ inside: value }) }],
    ] as const) {
      expect(() => JSON.stringify(serialize(result))).toThrow(TypeError);
      expect(() => JSON.stringify(serialize(result))).toThrow(message);
      expect(() => JSON.stringify(serialize(result))).toThrow(`The result${place} is`);
    }
  });

  test('is no more than a word where a key is as long as a body', () => {
    expect(() => serialize({ ['x'.repeat(1e6)]: Promise.resolve() })).toThrow(/^.{0,300}$/);
  });

  test.each([() => 1, class Orders {}, Symbol('a')])('is refused where it is the result itself: %p', (value) => {
    expect(() => serialize(value)).toThrow(/^The result is a function or a symbol/);
    expect(sent([value, { value }])).toEqual([null, {}]);
  });

  test('is no word about other instances of its class', () => {
    class Task {}
    const call = Object.assign(new Task(), { [THEN]: () => undefined });
    for (let round = 0; round < 2; round++) {
      expect(() => serialize([call])).toThrow(/a promise/);
      expect(sent(Object.assign(new Task(), { id: 1 }))).toEqual({ id: 1 });
    }
    class Prices extends Map<string, number> {}
    expect(() => serialize(new Proxy(new Prices([['a', 1]]), {}))).toThrow(TypeError);
    expect(sent(new Prices([['a', 1]]))).toEqual({ a: 1 });
  });

  test('is taken where it writes itself', () => {
    const told = Object.assign(new Error('inside'), { toJSON: () => ({ code: 7 }) });
    class Balance2 {
      readonly #cents = 7;
      toJSON(): object {
        return { cents: this.#cents };
      }
    }
    expect(sent([told, new Balance2()])).toEqual([{ code: 7 }, { cents: 7 }]);
  });
});

test('big integers become text, unless the program has said what they are', () => {
  const result = {
    id: 10n,
    list: [1n, [2n]],
    map: new Map([['a', 3n]]),
    typed: new Set([4n]),
    date: new Date(0),
    n: 1,
  };
  expect(withoutBigInts(serialize(result))).toEqual({
    id: '10',
    list: ['1', ['2']],
    map: { a: '3' },
    typed: ['4'],
    date: new Date(0),
    n: 1,
  });
  const plain = { a: [1, { b: null }] };
  expect(withoutBigInts(plain)).toBe(plain);
  // oxlint-disable-next-line no-extend-native -- as programs do
  Object.defineProperty(BigInt.prototype, 'toJSON', {
    configurable: true,
    value(this: bigint) {
      return Number(this);
    },
  });
  try {
    expect(JSON.stringify(withoutBigInts(result.id))).toBe('10');
  } finally {
    delete (BigInt.prototype as { toJSON?: unknown }).toJSON;
  }
});
