import 'reflect-metadata';
import { Exclude, type ExposeOptions, Expose, Transform, type TransformFnParams, Type } from 'class-transformer';
import { type ValidationArguments, type ValidationOptions, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import type { Constructor } from '../../../src/shared/types.js';
import { SAMPLES } from './decorators.js';

export const NAMES = ['name', 'email', 'items', 'other', 'method', 'total'] as const;
const KEYS = [...NAMES, 'e_mail', 'unknown', 'constructor', '__proto__', 'toString', '0', 'getter'] as const;
const GROUPS = ['create', 'update'] as const;

interface RuleSpec {
  readonly name: string;
  readonly variant: number;
  readonly options: ValidationOptions;
}

interface PropertySpec {
  readonly name: string;
  readonly rules: readonly RuleSpec[];
  readonly declared: unknown;
  readonly nested: ValidationOptions | undefined;
  readonly type: 'inner' | 'self' | 'scalar' | 'class' | 'discriminated' | 'byObject' | 'throws' | undefined;
  readonly scalar: unknown;
  readonly transforms: readonly number[];
  readonly expose: ExposeOptions | undefined;
  readonly exclude: { toClassOnly?: boolean; toPlainOnly?: boolean } | undefined;
  readonly initial: unknown;
}

interface ClassSpec {
  readonly properties: readonly PropertySpec[];
  readonly closed: 'exclude' | 'expose' | 'both' | undefined;
}

/** Classes from the innermost outwards; each nests or extends the one before. */
export interface DtoSpec {
  readonly classes: readonly ClassSpec[];
  readonly inherits: boolean;
}

function sayAll({ property, targetName, value, constraints, object }: ValidationArguments): string {
  return [property, targetName, typeof value, (constraints ?? []).map(String).join(), object.constructor?.name, Object.keys(object).join()].join('|');
}

const MESSAGES: readonly ValidationOptions['message'][] = [
  '$value/$property/$target/$constraint1/$constraint2/$constraint12', 'no token', sayAll, () => '', 'costs $& $1 $$',
];

/** There one time of `times`. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, times = 3): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: times - 1 }, { arbitrary, weight: 1 });

const ruleOptions: fc.Arbitrary<ValidationOptions> = fc.record(
  {
    each: fc.boolean(),
    message: fc.constantFrom(...MESSAGES),
    groups: fc.subarray([...GROUPS]),
    always: fc.boolean(),
    context: fc.constant({ some: 'context' }),
    validateIf: fc.constantFrom((_: unknown, value: unknown) => value !== 'skip', (object: { name?: unknown }) => object.name !== 1),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const said = fc.oneof({ arbitrary: fc.constant({}), weight: 4 }, ruleOptions);

const rule: fc.Arbitrary<RuleSpec> = fc.record({
  name: fc.oneof(fc.constantFrom(...Object.keys(SAMPLES)), fc.constantFrom('IsString', 'IsEmail', 'IsInt', 'Min', 'ValidateBy', 'Validate', 'ValidateIf', 'IsOptional')),
  variant: fc.nat(5),
  options: said,
});

const direction = fc.record({ toClassOnly: fc.boolean(), toPlainOnly: fc.boolean() }, { requiredKeys: [], noNullPrototype: true });
const expose = fc.oneof<fc.Arbitrary<ExposeOptions>[]>(
  fc.constant({}),
  fc.record({ name: fc.constantFrom('e_mail', 'other', 'name') }),
  direction,
  fc.record({ groups: fc.subarray(['create']) }),
);

class Money {
  cents = 0;
  declare add: () => void;
  static { Money.prototype.add = () => {}; }
}

const property: fc.Arbitrary<PropertySpec> = fc.record({
  name: fc.constantFrom(...NAMES),
  rules: fc.oneof({ arbitrary: fc.array(rule, { minLength: 1, maxLength: 1 }), weight: 4 }, fc.array(rule, { maxLength: 3 })),
  declared: fc.constantFrom<unknown>(undefined, String, Number, Boolean, Date, Array, Object, Set, Money),
  nested: sometimes(fc.oneof(fc.constant({}), fc.record({ each: fc.boolean(), message: fc.constantFrom(...MESSAGES), groups: fc.subarray([...GROUPS]) }, { requiredKeys: [], noNullPrototype: true }))),
  type: sometimes(
    fc.oneof(
      { arbitrary: fc.constant('inner' as const), weight: 5 },
      fc.constantFrom('self' as const, 'scalar' as const, 'class' as const, 'discriminated' as const, 'byObject' as const, 'throws' as const),
    ),
    4,
  ),
  scalar: fc.constantFrom<unknown>(String, Number, Boolean, Date, Buffer, Object, Array, Set, Map, undefined),
  transforms: fc.oneof({ arbitrary: fc.constant([]), weight: 8 }, fc.array(fc.nat(7), { maxLength: 2 })),
  expose: sometimes(expose, 5),
  exclude: sometimes(direction, 10),
  initial: fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, fc.constantFrom<unknown>('initial', 7, null)),
});

export const dtoSpec: fc.Arbitrary<DtoSpec> = fc.record({
  classes: fc.array(
    fc.record({
      properties: fc.uniqueArray(property, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
      closed: sometimes(fc.constantFrom('exclude' as const, 'expose' as const, 'both' as const), 12),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  inherits: fc.boolean(),
});

const TRANSFORMS: readonly ((params: TransformFnParams) => unknown)[] = [
  ({ value }) => (typeof value === 'string' ? value.trim() : value),
  ({ value, key, obj, type, options: { exposeUnsetFields } }) => [value, key, Object.keys(obj as object), type, exposeUnsetFields],
  ({ obj }) => (obj as { name?: unknown }).name,
  ({ value, obj }) => { (obj as { other?: unknown }).other = 'changed'; return value as unknown; },
  ({ value }) => Promise.resolve(value),
  ({ value }) => { if (value === 'x') throw new Error('broken transform'); return value as unknown; },
  ({ value }) => ({ constructor: 'own', value: value as unknown }),
  () => undefined,
];

/** The classes of a specification, the outermost last. */
export function makeDto({ classes, inherits }: DtoSpec): Constructor<object> {
  return classes.reduce<Constructor<object> | undefined>((inner, spec) => makeClass(spec, inner, inherits ? inner : undefined), undefined)!;
}

function makeClass(spec: ClassSpec, inner: Constructor<object> | undefined, base: Constructor<object> | undefined): Constructor<object> {
  const initial = spec.properties.filter((one) => one.initial !== undefined).map((one) => [one.name, one.initial] as const);
  class Generated extends ((base ?? Object) as new () => object) {
    constructor() {
      super();
      Object.assign(this, Object.fromEntries(initial));
    }
    method(): void {}
    get getter(): string { return 'got'; }
  }
  for (const one of spec.properties) decorateProperty(Generated, one, inner ?? Generated);
  if (spec.closed === 'exclude' || spec.closed === 'both') Exclude()(Generated);
  if (spec.closed === 'expose' || spec.closed === 'both') Expose()(Generated);
  return Generated;
}

function decorateProperty(type: Constructor<object>, spec: PropertySpec, inner: Constructor<object>): void {
  const target = type.prototype;
  const { name } = spec;
  if (spec.declared !== undefined) Reflect.defineMetadata('design:type', spec.type === 'inner' && spec.declared === Money ? inner : spec.declared, target, name);
  for (const { name: decorator, variant, options } of spec.rules) {
    const samples = SAMPLES[decorator]!;
    samples[variant % samples.length]!.decorate(options)(target, name);
  }
  if (spec.nested) ValidateNested(spec.nested)(target, name);
  typeDecorator(spec, type, inner)?.(target, name);
  for (const index of spec.transforms) Transform(TRANSFORMS[index]!, index === 0 ? { toClassOnly: true } : index === 1 ? { groups: [] } : {})(target, name);
  if (spec.expose) Expose(spec.expose)(target, name);
  if (spec.exclude) Exclude(spec.exclude)(target, name);
}

function typeDecorator({ type, scalar }: PropertySpec, self: Constructor<object>, inner: Constructor<object>): PropertyDecorator | undefined {
  switch (type) {
    case 'inner':
      return Type(() => inner);
    case 'self':
      return Type(() => self);
    case 'scalar':
      return Type(() => scalar as typeof String);
    case 'class':
      return Type(() => Money);
    case 'discriminated':
      return Type(() => self, { discriminator: { property: 'name', subTypes: [{ name: 'a', value: inner }] } });
    case 'byObject':
      return Type((reading) => ('name' in (reading?.object ?? {}) ? inner : self));
    case 'throws':
      return Type(() => URL);
    default:
      return undefined;
  }
}

const GOOD = Object.values(SAMPLES).flatMap((samples) => samples.flatMap(({ good }) => good));
const leaf = fc.oneof(
  { arbitrary: fc.constantFrom(...GOOD), weight: 3 },
  fc.constantFrom<unknown>('', 'x', 'a', 'ada', 'skip', ' ', '1', 'false', '$value', '$property', '$&', 0, 1, -1, 1.5, NaN, 1e308, true, false, null, undefined),
  fc.string({ maxLength: 4 }),
);

const deep = (open: string, close: string) => JSON.parse(`${open.repeat(80)}0${close.repeat(80)}`) as unknown;

const strange: readonly (() => unknown)[] = [
  () => deep('[', ']'), () => deep('{"a":', '}'), () => new Map([['a', 1]]), () => new Set(['a']), () => new Date(0), () => Buffer.from('a'), () => new Money(), () => Object.create(null),
  // oxlint-disable-next-line no-sparse-arrays -- what a program may hand over
  () => [, 'a'], () => () => 1, () => Symbol.iterator, () => 5n, () => new URL('https://example.com'),
];

function record(members: readonly [string, unknown][]): object {
  const object: object = {};
  for (const [key, value] of members) Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  return object;
}

const { value } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { arbitrary: leaf, weight: 5 },
    { arbitrary: tie('object'), weight: 2 },
    fc.array(fc.oneof(tie('object'), leaf), { maxLength: 3 }),
    fc.constantFrom(...strange).map((make) => make()),
  ),
  object: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 6 }).map(record),
}));

/** Input, mostly of the names that the classes have. */
export const input: fc.Arbitrary<object> = fc.array(fc.tuple(fc.constantFrom(...KEYS, ...NAMES, ...NAMES), value), { maxLength: 8 }).map(record);

/** Input that keeps at least one rule of each property; `luck` says which. */
export function fittingInput({ classes, inherits }: DtoSpec, luck: readonly number[]): object {
  const specs = inherits ? classes : classes.slice(-1);
  const inner = () => (classes.length > 1 ? fittingInput({ classes: classes.slice(0, -1), inherits }, luck) : {});
  const members = specs.flatMap(({ properties }) => properties);
  return record(members.map((member, index) => [member.expose?.name ?? member.name, fittingValue(member, luck[index % luck.length]!, inner)]));
}

function fittingValue({ rules, nested, declared }: PropertySpec, luck: number, inner: () => object): unknown {
  const isList = declared === Array || rules.some(({ options }) => options.each);
  if (nested) return isList ? [inner(), inner()] : inner();
  const good = rules.flatMap(({ name, variant }) => SAMPLES[name]![variant % SAMPLES[name]!.length]!.good);
  const chosen = good.length > 0 ? good[luck % good.length] : luck;
  return isList ? [chosen] : chosen;
}
