import { validate } from 'class-validator';
import fc from 'fast-check';
import { httpEvents } from '../../src/testing/http-events.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import {
  createFuzzed,
  Customer,
  expectDecent,
  expectGood,
  Line,
  Order,
  received,
  send,
  type Source,
  SOURCES,
  Tag,
} from './fuzzed-application.js';

/** JSON as a text, for an object can hold neither a name twice nor `__proto__` like any other. */
const scalar = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    'false',
    '0',
    '1',
    '-1',
    '1.5',
    '1e999',
    '"new"',
    '"a@b.co"',
    '"2026-01-01"',
    '""',
    '"x"',
    '[]',
    '{}',
  ),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
);
const name = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      'name',
      'state',
      'customer',
      'email',
      'vip',
      'lines',
      'sku',
      'count',
      'tags',
      'due',
      'notes',
    ),
    weight: 6,
  },
  fc.constantFrom(
    '__proto__',
    '\\u005f_proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'toJSON',
    'then',
    'length',
    '0',
    'polluted',
    '',
  ),
);

function objectOf(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `"${key}":${value}`).join(',')}}`;
}

function listOf(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

const { anything } = fc.letrec<{ anything: string }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie('anything'), { maxLength: 4 }).map(listOf),
    fc.array(fc.tuple(name, tie('anything')), { maxLength: 5 }).map(objectOf),
  ),
}));

/** Mostly what is right, so that a good share of the orders gets through. */
function mostly(right: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: right, weight: 12 }, anything);
}

/** An object with these members, some of them missing, and a few of any other name. */
function membersOf(members: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<string> {
  const known = Object.entries(members).map(([key, value]) =>
    fc.option(value, { freq: 20 }).map((text) => (text === null ? [] : [[key, text] as const])),
  );
  const others = fc.oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    fc.array(fc.tuple(name, anything), { maxLength: 2 }),
  );
  return fc.tuple(fc.tuple(...known), others).map(([entries, more]) => objectOf([...entries.flat(), ...more]));
}

const constant = (...texts: string[]) => mostly(fc.constantFrom(...texts));
const list = (item: fc.Arbitrary<string>) => mostly(fc.array(item, { maxLength: 4 }).map(listOf));

const tag = mostly(membersOf({ name: constant('"a"', '"b"') }));
const line = mostly(membersOf({ sku: constant('"A-1"'), count: constant('1', '2'), tags: list(tag) }));
const customer = mostly(membersOf({ email: constant('"a@b.co"'), vip: constant('true', 'null') }));
const order = membersOf({
  name: constant('"Ada"'),
  state: constant('"new"', '"paid"'),
  customer,
  lines: list(line),
  due: constant('"2026-01-01"', 'null'),
  notes: list(constant('"note"')),
});

function orderEvent(source: Source, payload: string): unknown {
  return httpEvents[source]({
    method: 'POST',
    url: '/orders',
    headers: { 'content-type': 'application/json' },
    payload,
  });
}

/** What validation promises a method, checked without the framework. */
async function expectSound(sound: Order): Promise<void> {
  expect(sound).toBeInstanceOf(Order);
  expect(await validate(sound)).toEqual([]);
  expect(Object.getPrototypeOf(sound)).toBe(Order.prototype);
  expect(sound.customer).toBeInstanceOf(Customer);
  expect(Array.isArray(sound.lines)).toBe(true);
  for (const one of sound.lines) {
    expect(Object.getPrototypeOf(one)).toBe(Line.prototype);
    if (one.tags === undefined || one.tags === null) continue;
    expect(Array.isArray(one.tags)).toBe(true);
    for (const each of one.tags) expect(Object.getPrototypeOf(each)).toBe(Tag.prototype);
  }
  if (sound.notes !== undefined && sound.notes !== null) expect(Array.isArray(sound.notes)).toBe(true);
}

const PROTOTYPES = [Object, Array, Function, String, Order, Line, Tag, Customer].map(
  ({ prototype }) => prototype as object,
);
const membersOfPrototypes = () =>
  PROTOTYPES.map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)]),
  );

describe('any JSON for an order', () => {
  let app: TestingApplication;
  const before = membersOfPrototypes();

  beforeAll(async () => {
    app = await createFuzzed();
  });

  beforeEach(() => {
    received.length = 0;
  });

  afterEach(async () => {
    expect(membersOfPrototypes()).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await expectGood(app);
  });

  afterAll(() => app.close());

  it('gets to the method as a sound order, or is refused', async () => {
    let through = 0;
    const property = fc.asyncProperty(fc.constantFrom(...SOURCES), order, async (source, payload) => {
      received.length = 0;
      const response = await send(app, orderEvent(source, payload));
      expectDecent(response);
      expect([200, 400, 422]).toContain(response.statusCode);
      expect(received).toHaveLength(response.statusCode === 200 ? 1 : 0);
      for (const sound of received) await expectSound(sound);
      through += received.length;
    });
    await fc.assert(property, { numRuns: 1000 });
    // Else nothing of this was tested.
    expect(through).toBeGreaterThan(20);
  });

  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":1}}',
    '{"customer":{"__proto__":{"polluted":1,"email":"a@b.co"}}}',
    '{"lines":[{"__proto__":{"polluted":1}}],"lines":{"__proto__":{"polluted":1}}}',
    '{"name":{"toString":1},"state":{"valueOf":null},"customer":{"constructor":1}}',
    '{"lines":{"length":1,"0":{"sku":"A","count":1}}}',
    '{"lines":[[{"sku":"A","count":1}]]}',
    '{"customer":[]}',
    '{"customer":[{"email":"a@b.co"}]}',
  ])('%s pollutes nothing and does not get through', async (members) => {
    const rest = '"name":"Ada","state":"new","customer":{"email":"a@b.co"},"lines":[]';
    for (const payload of [members, `{${rest},${members.slice(1)}`]) {
      const { statusCode } = await send(app, orderEvent('apiGatewayV2', payload));
      if (statusCode === 200) for (const sound of received) await expectSound(sound);
      else expect(statusCode).toBe(422);
      expect(received.every((sound) => !('polluted' in sound) && !('polluted' in sound.customer))).toBe(true);
    }
  });
});
