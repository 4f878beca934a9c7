import fc from 'fast-check';
import type { LogFields } from '../../../src/contracts/logger.js';
import { addFields, type LineFields } from '../../../src/logging/writers/line-fields.js';
import { toJsonLine } from '../../../src/logging/writers/stdout-writer.js';

function thrower(): never {
  throw new Error('no');
}

const written = (record: object): unknown => JSON.parse(toJsonLine(record));

const small = {
  'an empty object': {},
  'an empty list': [],
  'lists in lists': [[[[]]]],
  'objects in objects': { a: { a: {} } },
  'an empty text': '',
  null: null,
  zero: 0,
  true: true,
  'an empty map': new Map(),
  'a date': new Date(0),
};
const MANY = 20_000;
const names = (length: number): string[] =>
  Array.from({ length: MANY }, (_, index) => String(index).padEnd(length, 'n'));

function expectCut(record: object): void {
  const line = toJsonLine(record);
  expect(line.length).toBeLessThan(600_000);
  expect(line).toContain('[Truncated]');
}

describe('a log line', () => {
  it('is what JSON makes of plain values, in their order', () => {
    const record = { level: 'info', n: 1.5, yes: true, none: null, nested: { list: [1, 'two', { three: 3 }] } };
    expect(toJsonLine(record)).toBe(JSON.stringify(record));
  });

  it('holds no character that could end it or control a terminal, and means the same', () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    for (let from = 0; from < all.length; from += 0x100) {
      const text = all.slice(from, from + 0x100).join(' ');
      for (const record of [
        { message: text, [text.slice(0, 150)]: 1 },
        { error: new Error(text), map: new Map([[1, text]]) },
      ]) {
        const line = toJsonLine(record);
        // Cc has C0 and C1, Zl and Zp the line breaks of Unicode, Cs what UTF-8 cannot write.
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
        expect(JSON.parse(line)).toMatchObject('map' in record ? { map: { 1: text } } : record);
      }
    }
  });

  it('leaves out what is undefined', () => {
    expect(toJsonLine({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(toJsonLine({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}');
  });

  it('stays one line whatever line breaks it holds', () => {
    expect(toJsonLine({ message: 'a\nb\r\nc', nested: { text: '\n' } })).not.toMatch(/[\r\n]/);
  });

  it('says in words what JSON has no notation for', () => {
    const values = {
      big: 10n,
      symbol: Symbol('s'),
      fn: () => 1,
      nan: Number.NaN,
      infinite: -Infinity,
      bytes: new Uint8Array(12),
    };
    expect(written(values)).toEqual({
      big: '10',
      symbol: 'Symbol(s)',
      fn: '[Function]',
      nan: 'NaN',
      infinite: '-Infinity',
      bytes: '[12 bytes]',
    });
  });

  it('writes dates, maps and sets', () => {
    const values = {
      at: new Date(0),
      invalid: new Date(Number.NaN),
      map: new Map<unknown, unknown>([
        ['a', 1n],
        [2, 'b'],
      ]),
      set: new Set([1, 2]),
    };
    expect(written(values)).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      invalid: null,
      map: { a: '1', 2: 'b' },
      set: [1, 2],
    });
  });

  it('writes errors with name, message and stack', () => {
    const error = new TypeError('no');
    expect(written({ error })).toEqual({ error: { name: 'TypeError', message: 'no', stack: error.stack } });
  });

  it("writes an error's causes, parts and scalar members, and not the socket that hangs on it", () => {
    const error = Object.assign(new AggregateError([new Error('part')], 'all failed', { cause: new Error('why') }), {
      code: 'ECONNRESET',
      request: { socket: 'huge' },
    });
    expect(written({ error })).toMatchObject({
      error: { name: 'AggregateError', code: 'ECONNRESET', cause: { message: 'why' }, errors: [{ message: 'part' }] },
    });
    expect(toJsonLine({ error })).not.toContain('socket');
  });

  it('names circles, and writes twice what only occurs twice', () => {
    const twice = { a: 1 };
    const circle: Record<string, unknown> = { twice, again: twice };
    circle['self'] = circle;
    expect(written({ circle })).toEqual({ circle: { twice, again: twice, self: '[Circular]' } });
  });

  it('survives getters, toJSON, proxies and errors that throw', () => {
    const getter = Object.defineProperty({ ok: 1 }, 'bad', { get: thrower, enumerable: true });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const error = Object.defineProperty(new Error('x'), 'stack', { get: thrower });
    expect(written({ getter, json: { toJSON: thrower }, proxy, error })).toEqual({
      getter: { ok: 1, bad: '[Unreadable]' },
      json: '[Unreadable]',
      proxy: '[Unreadable]',
      error: { name: 'Error', message: 'x', stack: '[Unreadable]' },
    });
  });

  it('takes toJSON of a value, and takes a field called toJSON for a field', () => {
    expect(written({ money: { toJSON: () => '5 EUR' } })).toEqual({ money: '5 EUR' });
    expect(written({ level: 'info', toJSON: () => 'forged' })).toEqual({ level: 'info', toJSON: '[Function]' });
  });

  it('keeps __proto__ an ordinary member', () => {
    expect(toJsonLine({ body: JSON.parse('{"__proto__":{"admin":true}}') as unknown })).toBe(
      '{"body":{"__proto__":{"admin":true}}}',
    );
  });

  it('cuts what is too deep or too large', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    expect(toJsonLine({ deep })).toContain('[Truncated]');
    const many = Array.from({ length: 50_000 }, (_, index) => index);
    expect(toJsonLine({ many, more: { many } }).length).toBeLessThan(80_000);
    expect(toJsonLine({ map: new Map(many.map((n) => [n, n])) })).toContain('[Truncated]');
  });

  it('cuts texts and names that somebody may have sent, and says how long they were', () => {
    const long = 'x'.repeat(3_000_000);
    expect(written({ path: `/${long}` })).toEqual({ path: `/${long.slice(0, 16_383)}… (3000001 characters)` });
    expect(written({ body: { [long]: 1, text: long } })).toEqual({
      body: { [`${long.slice(0, 200)}…`]: 1, text: `${long.slice(0, 16_384)}… (3000000 characters)` },
    });
    expect(toJsonLine({ body: Array.from({ length: 9000 }, () => long) }).length).toBeLessThan(600_000);
  });

  it.each(Object.entries(small))('cuts what has any number of the smallest values: %s', (_, value) => {
    const list = Array.from({ length: MANY }, () => value);
    const record = Object.fromEntries(names(7).map((name) => [name, value]));
    for (const many of [
      list,
      record,
      new Set(list.map((one) => ({ one }))),
      new Map(Object.entries(record)),
      { deep: [{ list }] },
    ]) {
      expectCut({ many });
    }
    expectCut(record);
  });

  it.each([1, 199, 201, 1000])('cuts what has any number of names, of %i characters', (length) => {
    const record = Object.fromEntries(names(length).map((name) => [name, 1]));
    for (const many of [record, [record, record], Object.entries(record).map(([name]) => ({ [name]: 1 }))]) {
      expectCut({ many });
    }
    expectCut(record);
  });

  it('asks for no more members than a line may have', () => {
    let asked = 0;
    const counting = new Proxy(
      {},
      {
        ownKeys: () => Array.from({ length: MANY }, (_item, index) => `key-${index}`),
        getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
        get: () => asked++,
      },
    );
    const record: LineFields = { level: 'info', date: '' };
    addFields(record, counting as LogFields);
    expect(asked).toBeLessThanOrEqual(10_000);
    expect(asked).toBeGreaterThan(9000);
    expect(toJsonLine(record)).toContain('[Truncated]');
  });

  it('ends for an endless structure', () => {
    const endless = (): object => ({ toJSON: () => ({ next: endless() }) });
    expect(toJsonLine({ endless: endless() })).toContain('[Truncated]');
  });

  it('is JSON for every record', () => {
    fc.assert(
      fc.property(
        fc.object({
          withBigInt: true,
          withMap: true,
          withSet: true,
          withDate: true,
          withTypedArray: true,
          withSparseArray: true,
          withNullPrototype: true,
        }),
        (record) => {
          expect(typeof written(record)).toBe('object');
        },
      ),
    );
  });

  it('equals JSON.stringify for every JSON record', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        expect(toJsonLine(record)).toBe(JSON.stringify(record));
      }),
    );
  });
});
