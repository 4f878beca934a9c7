import fc from 'fast-check';
import { SAMPLES } from './decorators.js';
import { type DtoSpec, Money, NAMES, type PropertySpec } from './generated-dto.js';

const KEYS = [...NAMES, 'e_mail', 'unknown', 'constructor', '__proto__', 'toString', '0', 'getter'] as const;
const GOOD = Object.values(SAMPLES).flatMap((samples) => samples.flatMap(({ good }) => good));
const leaf = fc.oneof(
  { arbitrary: fc.constantFrom(...GOOD), weight: 3 },
  fc.constantFrom<unknown>(
    '',
    'x',
    'a',
    'ada',
    'skip',
    ' ',
    '1',
    'false',
    '$value',
    '$property',
    '$&',
    0,
    -0,
    1,
    -1,
    1.5,
    NaN,
    Infinity,
    1e-7,
    2 ** 53,
    1e308,
    '1e999',
    '__proto__',
    '\ud800',
    '2024-02-30',
    true,
    false,
    null,
    undefined,
  ),
  fc.string({ maxLength: 4 }),
  fc.string({ maxLength: 4, unit: 'binary' }),
);

const deep = (open: string, close: string, levels = 80) =>
  JSON.parse(`${open.repeat(levels)}0${close.repeat(levels)}`) as unknown;

const strange: readonly (() => unknown)[] = [
  () => deep('[', ']'),
  () => deep('{"a":', '}'),
  () => deep('[', ']', 5),
  () => deep('{"name":', '}', 62),
  () => new Map([['a', 1]]),
  () => new Set(['a']),
  () => new Set([{ name: 'a' }]),
  () => new Map<unknown, unknown>([[1, { name: 'a' }]]),
  () => new Date(0),
  () => Buffer.from('a'),
  () => new Money(),
  () => Object.create(null),
  () => Object.assign(Object.create(null) as object, { name: 'a' }),
  () => Object.freeze({ name: 'a', other: Object.freeze(['a']) }),
  // oxlint-disable-next-line no-sparse-arrays -- what a program may hand over
  () => [, 'a'],
  () => () => 1,
  () => Symbol.iterator,
  () => 5n,
  () => new URL('https://example.com'),
];

function record(members: readonly [string, unknown][]): object {
  const object: object = {};
  for (const [key, value] of members)
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  return object;
}

const { value } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { arbitrary: leaf, weight: 5 },
    { arbitrary: tie('object'), weight: 2 },
    fc.array(fc.oneof({ arbitrary: tie('object'), weight: 2 }, { arbitrary: leaf, weight: 2 }, tie('value')), {
      maxLength: 3,
    }),
    fc.constantFrom(...strange).map((make) => make()),
  ),
  object: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 6 }).map(record),
}));

const FORMS = [
  record,
  (members: readonly [string, unknown][]) => Object.freeze(record(members)),
  (members: readonly [string, unknown][]) => Object.setPrototypeOf(record(members), null) as object,
];

/** Input, mostly of the names that the classes have. */
export const input: fc.Arbitrary<object> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...KEYS, ...NAMES, ...NAMES), value), { maxLength: 8 }),
    fc.constantFrom(record, record, record, ...FORMS),
  )
  .map(([members, form]) => form(members));

/** Input that keeps at least one rule of each property; `luck` says which. */
export function fittingInput({ classes, inherits }: DtoSpec, luck: readonly number[]): object {
  const specs = inherits ? classes : classes.slice(-1);
  const inner = () => (classes.length > 1 ? fittingInput({ classes: classes.slice(0, -1), inherits }, luck) : {});
  const members = specs.flatMap(({ properties }) => properties);
  return record(
    members.map((member, index) => [
      member.expose?.name ?? member.name,
      fittingValue(member, luck[index % luck.length]!, inner),
    ]),
  );
}

function fittingValue({ rules, nested, declared }: PropertySpec, luck: number, inner: () => object): unknown {
  const isList = declared === Array || rules.some(({ options }) => options.each);
  if (nested) return isList ? [inner(), inner()] : inner();
  const good = rules.flatMap(({ name, variant }) => SAMPLES[name]![variant % SAMPLES[name]!.length]!.good);
  const chosen = good.length > 0 ? good[luck % good.length] : luck;
  return isList ? [chosen] : chosen;
}
