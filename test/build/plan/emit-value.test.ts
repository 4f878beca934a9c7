import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { emitValue, type ValueNames } from '../../../src/build/plan/emit-value.js';
import { evaluated, functionText, importsText } from '../../../src/build/plan/plan-text.js';
import { EMIT, type EmitScope, NotEmittable } from '../../../src/contracts/emittable.js';

class Held {}
const held = new Held();
const token = Symbol('token');
const heldValues = new Map<unknown, string>([
  [Held, 'options.Held'],
  [held, 'options.held'],
  [token, 'options.token'],
  [String, 'String'],
]);
const names: ValueNames = { expressionOf: (value) => heldValues.get(value) };
const given = { root: Held, classes: [], options: { Held, held, token } };
const plainInput = { readPlain: (value: unknown) => `plain ${String(value)}` };
const namespaces = new Map([['validation/plain-input', plainInput]]);

const emit = (value: unknown) => emitValue(value, names, 'the plan');
const again = <T>(value: T): T => evaluated(emit(value), given, namespaces) as T;
const textOf = (value: unknown) => functionText(emit(value));

test('any data comes out as it went in, whatever its keys and texts are', () => {
  // Dates that are none equal not even themselves.
  const dates = fc.date({ noInvalidDate: true });
  const anything = fc.anything({
    values: [fc.boolean(), fc.integer(), fc.double(), fc.string(), dates, fc.constantFrom(null, undefined)],
    withBigInt: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withUnicodeString: true,
    key: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'toString', 'a-b', '0')),
  });
  fc.assert(fc.property(anything, (value) => expect(isDeepStrictEqual(again(value), value)).toBe(true)));
  expect(again(new Date(NaN)).getTime()).toBeNaN();
});

test.each([
  ['quotes', `'"\`\\ \${x}`],
  ['the end of a script', '</script><script><!--'],
  ['line separators', '\u2028\u2029\0\u007F'],
  ['lone surrogates', '\uD800 \uDC00 \u{1F600}'],
])('%s in a text are escaped', (_, text) => {
  const source = textOf(text);
  expect(again(text)).toBe(text);
  expect(source).toMatch(/^[\n -~]*$/);
  expect(source).not.toMatch(/<\/script|<!--/i);
});

test.each([undefined, null, Number.NaN, -0, Infinity, 12n, -3n, true, Symbol.for('a"b')])('%p is kept', (value) => {
  expect(again(value)).toBe(value);
});

test('regular expressions keep their source and flags', () => {
  for (const pattern of [/a\/b/gi, /^[/"'`]\n$/u, new RegExp('\u2028</script>', 'm'), new RegExp('')])
    expect(String(again(pattern))).toBe(String(pattern));
});

test('members called __proto__ and constructor are own members', () => {
  const value = again(JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }') as object);
  expect(Object.getOwnPropertyNames(value)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('what is shared stays shared', () => {
  const shared = { deep: [1] };
  const { a, b, list } = again({ a: shared, b: { shared }, list: [shared.deep, shared] });
  expect(a).toBe(b.shared);
  expect(list[0]).toBe(a.deep);
  expect(list[1]).toBe(a);
});

test('circles are closed, through every kind of container', () => {
  const [object, map, set, list] = [{} as Record<string, unknown>, new Map(), new Set(), [] as unknown[]];
  Object.assign(object, { first: 1, map, __proto: 0, list });
  Object.defineProperty(object, '__proto__', { value: object, enumerable: true, configurable: true, writable: true });
  map.set('set', set).set(map, object);
  set.add(list).add(object);
  list.push(object, list, set);
  const copy = again(object) as typeof object & { map: typeof map; list: typeof list };
  const copiedSet = copy.map.get('set') as Set<unknown>;
  expect(Object.keys(copy)).toEqual(Object.keys(object));
  expect(Object.getOwnPropertyDescriptor(copy, '__proto__')?.value).toBe(copy);
  expect(copy.map.get(copy.map)).toBe(copy);
  expect([...copiedSet]).toEqual([copy.list, copy]);
  expect(copy.list).toHaveLength(3);
  expect(copy.list[1]).toBe(copy.list);
});

test('values that someone holds are found by their expression, in keys too', () => {
  const copy = again({ Held, list: [held, held], [token]: String, map: new Map<unknown, unknown>([[token, held]]) });
  expect(copy.Held).toBe(Held);
  expect(copy.list).toEqual([held, held]);
  expect(copy.list[0]).toBe(held);
  expect(copy[token]).toBe(String);
  expect(copy.map.get(token)).toBe(held);
});

describe('objects that write themselves', () => {
  class Reader {
    constructor(
      readonly type: string,
      public inner?: Reader,
    ) {}

    [EMIT](scope: EmitScope): string {
      const plain = scope.imported('validation/plain-input', 'readPlain');
      const inner = () => (this.inner ? scope.value(this.inner, `the reader in ${this.type}`) : 'undefined');
      return scope.declare(
        `read${this.type}`,
        (name) => `function ${name}(value, deep = true) {
  return [${plain}(value), \`a
  b\`, deep ? (${inner()})?.(value, false) : 0];
}`,
      );
    }
  }
  type Read = (value: unknown) => unknown[];

  test('are called once for each text, and refer to each other', () => {
    const line = new Reader('Line');
    const { a, b } = again({ a: new Reader('Order', line), b: { line } }) as unknown as { a: Read; b: { line: Read } };
    expect(a(1)).toEqual(['plain 1', 'a\n  b', ['plain 1', 'a\n  b', 0]]);
    expect(b.line.name).toBe('readLine');
  });

  test('may form a circle', () => {
    const order = new Reader('Order');
    order.inner = new Reader('Line', order);
    const { read } = again({ read: order }) as unknown as { read: Read };
    expect(read(2)).toEqual(['plain 2', 'a\n  b', ['plain 2', 'a\n  b', 0]]);
  });

  test('get names that are unique identifiers, whatever the hint', () => {
    const hints = [
      'await',
      'eval',
      '1st',
      '',
      'a b',
      'a_b',
      'options',
      'x$2',
      'x',
      'x',
      'Símbolo',
      '__proto__',
      '__proto__',
    ];
    const readers = hints.map((hint) => new Reader(hint));
    const text = textOf(readers);
    const declared = [...text.matchAll(/function ([\w$]+)\(/g)].map(([, name]) => name);
    expect(new Set(declared).size).toBe(hints.length);
    expect(again(readers)).toHaveLength(hints.length);
  });

  test('import what they use', () => {
    expect(importsText(emit(new Reader('A')), (module) => `/lambent/${module}.js`)).toBe(
      'import { readPlain } from "/lambent/validation/plain-input.js";\n',
    );
  });
});

test.each([
  [{ routes: [{ bind: () => 1 }] }, 'the plan.routes[0].bind is a function'],
  [{ map: new Map([['a', new Held()]]) }, 'the plan.map.get("a") is '],
  [{ list: [1, , 2] }, 'the plan.list[1] is missing'], // oxlint-disable-line no-sparse-arrays
  [{ key: { [Symbol('mine')]: 1 } }, 'the key the plan.key.Symbol(mine) is '],
  [Object.defineProperty({}, 'x', { get: () => 1, enumerable: true }), 'the plan.x is a getter'],
  [new (class extends Map {})(), 'the plan is '],
])('a value without an expression is named: %#', (value, message) => {
  expect(() => emit(value)).toThrow(NotEmittable);
  expect(() => emit(value)).toThrow(message);
});

test('many objects with the same members are made by a function', () => {
  const routes = Array.from({ length: 12 }, (_, index) => ({
    path: `/${index}`,
    default: index % 2,
    scope: 'default',
  }));
  const { declarations, expression } = emit({ routes, other: { scope: 'default', path: '/', default: 1 } });
  expect(declarations).toEqual([
    'const make_routes = (path, default_) => ({ path: path, default: default_, scope: "default" });',
  ]);
  expect(expression).toContain('    make_routes("/11", 1),');
  expect(again({ routes })).toEqual({ routes });
});

test('members that would be the same parameter are written out', () => {
  const list = Array.from({ length: 9 }, (_, index) => ({ default: index, default_: index + 1, 0: 1, _0: index }));
  expect(again(list)).toEqual(list);
});

test('long literals have a line for each item, short ones are on one line', () => {
  const route = { method: 'GET', path: '/orders/:id', status: 200 };
  expect(
    emit({ routes: [route, { ...route, path: '/orders/:id/lines/:line/notes/:note' }], name: 'a' }).expression,
  ).toBe(
    `{
  routes: [
    { method: "GET", path: "/orders/:id", status: 200 },
    { method: "GET", path: "/orders/:id/lines/:line/notes/:note", status: 200 },
  ],
  name: "a",
}`,
  );
});
