import 'reflect-metadata';
import {
  Exclude,
  Expose,
  type ExposeOptions,
  Transform,
  type TransformFnParams,
  type TransformOptions,
  Type,
} from 'class-transformer';
import { type ValidationArguments, type ValidationOptions, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import type { Constructor } from '../../../src/shared/types.js';
import { SAMPLES } from './decorators.js';

export const NAMES = ['name', 'email', 'items', 'other', 'method', 'total'] as const;
const GROUPS = ['create', 'update'] as const;

interface RuleSpec {
  readonly name: string;
  readonly variant: number;
  readonly options: ValidationOptions;
}

export interface PropertySpec {
  readonly name: string;
  readonly rules: readonly RuleSpec[];
  readonly declared: unknown;
  readonly nested: ValidationOptions | undefined;
  readonly type:
    | 'inner'
    | 'self'
    | 'scalar'
    | 'class'
    | 'discriminated'
    | 'kept'
    | 'byObject'
    | 'throws'
    | 'fails'
    | undefined;
  readonly scalar: unknown;
  readonly transforms: readonly TransformSpec[];
  readonly expose: ExposeOptions | undefined;
  readonly exclude: { toClassOnly?: boolean; toPlainOnly?: boolean } | undefined;
  readonly initial: unknown;
  /** A getter and a setter on the prototype, or one of them. */
  readonly accessor: 'both' | 'get' | 'set' | undefined;
}

interface TransformSpec {
  readonly index: number;
  readonly options: TransformOptions;
}

interface ClassSpec {
  readonly properties: readonly PropertySpec[];
  readonly closed: 'exclude' | 'expose' | 'both' | undefined;
  readonly construction: keyof typeof CONSTRUCTIONS | undefined;
  readonly label: string | undefined;
}

/** Classes from the innermost outwards; each nests or extends the one before. */
export interface DtoSpec {
  readonly classes: readonly ClassSpec[];
  readonly inherits: boolean;
}

function sayAll({ property, targetName, value, constraints, object }: ValidationArguments): string {
  return [
    property,
    targetName,
    typeof value,
    (constraints ?? []).map(String).join(),
    object.constructor?.name,
    Object.keys(object).join(),
  ].join('|');
}

const MESSAGES: readonly ValidationOptions['message'][] = [
  '$value/$property/$target/$constraint1/$constraint2/$constraint12',
  'no token',
  sayAll,
  () => '',
  'costs $& $1 $$',
  ...[undefined, { text: '$value' }, ['$value']].map((none) => none as unknown as string),
  () => undefined as unknown as string,
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
    validateIf: fc.constantFrom(
      (_: unknown, value: unknown) => value !== 'skip',
      (object: { name?: unknown }) => object.name !== 1,
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const said = fc.oneof({ arbitrary: fc.constant({}), weight: 4 }, ruleOptions);

const rule: fc.Arbitrary<RuleSpec> = fc.record({
  name: fc.oneof(
    fc.constantFrom(...Object.keys(SAMPLES)),
    fc.constantFrom('IsString', 'IsEmail', 'IsInt', 'Min', 'ValidateBy', 'Validate', 'ValidateIf', 'IsOptional'),
  ),
  variant: fc.nat(5),
  options: said,
});

/** Releases and groups have no say where none is asked for, but for groups that are there. */
const versions = { since: fc.constantFrom(0, 2), until: fc.constantFrom(1, 3) };
const direction = fc.record(
  { toClassOnly: fc.boolean(), toPlainOnly: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
);
const expose = fc.oneof<fc.Arbitrary<ExposeOptions>[]>(
  fc.constant({}),
  fc.record({ name: fc.constantFrom('e_mail', 'other', 'name') }),
  direction,
  fc.record({ groups: fc.subarray(['create']) }),
  fc.record(
    { name: fc.constantFrom('constructor', '__proto__', 'toString', 'method', 'getter'), ...versions },
    { requiredKeys: [], noNullPrototype: true },
  ),
);

const transform: fc.Arbitrary<TransformSpec> = fc.record({
  index: fc.nat(9),
  options: fc.oneof(
    { arbitrary: fc.constant({}), weight: 3 },
    fc.record(
      { toClassOnly: fc.boolean(), toPlainOnly: fc.boolean(), groups: fc.subarray(['create']), ...versions },
      { requiredKeys: [], noNullPrototype: true },
    ),
  ),
});

export class Money {
  cents = 0;
  declare add: () => void;
  static {
    Money.prototype.add = () => {};
  }
}

class Names extends Array<unknown> {}
class Members extends Set<unknown> {}
class Pushed {
  readonly given: unknown[] = [];
  push(item: unknown) {
    this.given.push(item, 'pushed');
  }
}
const DECLARED: readonly unknown[] = [
  undefined,
  String,
  Number,
  Boolean,
  Date,
  Array,
  Object,
  Set,
  Money,
  undefined,
  String,
  Number,
  Map,
  BigInt,
  Symbol,
  Promise,
  Function,
  Buffer,
  URL,
  Names,
  Members,
  Pushed,
];
const TYPES: readonly unknown[] = [
  String,
  Number,
  Boolean,
  Date,
  Buffer,
  Object,
  Array,
  Set,
  Map,
  undefined,
  BigInt,
  Symbol,
  Promise,
  Function,
  Names,
  Members,
  Pushed,
];

const own = () => 'own';

/** What a constructor does after its fields have been initialised. */
const CONSTRUCTIONS = {
  throws: () => {
    throw new Error('broken constructor');
  },
  freezes: (self: object) => Object.freeze(self),
  seals: (self: object) => Object.preventExtensions(self),
  hides: (self: object) => Object.defineProperty(self, 'name', { value: 'hidden', writable: true }),
  returns: (self: object) => new Proxy(self, {}),
  methods: (self: object) => Object.assign(self, { name: own }),
};

const property: fc.Arbitrary<PropertySpec> = fc.record({
  name: fc.constantFrom(...NAMES),
  rules: fc.oneof(
    { arbitrary: fc.array(rule, { minLength: 1, maxLength: 1 }), weight: 4 },
    fc.array(rule, { maxLength: 3 }),
  ),
  declared: fc.constantFrom(...DECLARED),
  nested: sometimes(
    fc.oneof(
      fc.constant({}),
      fc.record(
        {
          each: fc.boolean(),
          message: fc.constantFrom(...MESSAGES),
          groups: fc.subarray([...GROUPS]),
          always: fc.boolean(),
          context: fc.constant({}),
          validateIf: fc.constant(() => false),
        },
        { requiredKeys: [], noNullPrototype: true },
      ),
    ),
  ),
  type: sometimes(
    fc.oneof(
      { arbitrary: fc.constant('inner' as const), weight: 5 },
      fc.constantFrom(
        'self' as const,
        'scalar' as const,
        'class' as const,
        'discriminated' as const,
        'kept' as const,
        'byObject' as const,
        'throws' as const,
        'fails' as const,
      ),
    ),
    4,
  ),
  scalar: fc.constantFrom(...TYPES),
  transforms: fc.oneof({ arbitrary: fc.constant([]), weight: 8 }, fc.array(transform, { maxLength: 3 })),
  expose: sometimes(expose, 5),
  exclude: sometimes(direction, 10),
  initial: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 4 },
    fc.constantFrom<unknown>('initial', 7, null, [1], { a: 1 }, () => 'initial'),
  ),
  accessor: sometimes(fc.constantFrom('both' as const, 'get' as const, 'set' as const), 20),
});

export const dtoSpec: fc.Arbitrary<DtoSpec> = fc.record({
  classes: fc.array(
    fc.record({
      properties: fc.uniqueArray(property, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
      closed: sometimes(fc.constantFrom('exclude' as const, 'expose' as const, 'both' as const), 12),
      construction: sometimes(fc.constantFrom(...(Object.keys(CONSTRUCTIONS) as (keyof typeof CONSTRUCTIONS)[])), 30),
      label: sometimes(fc.constantFrom('Renamed', '$property', ''), 12),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  inherits: fc.boolean(),
});

const TRANSFORMS: readonly ((params: TransformFnParams) => unknown)[] = [
  ({ value }) => (typeof value === 'string' ? value.trim() : value),
  ({ value, key, obj, type, options: { exposeUnsetFields } }) => [
    value,
    key,
    Object.keys(obj as object),
    type,
    exposeUnsetFields,
  ],
  ({ obj }) => (obj as { name?: unknown }).name,
  ({ value, obj }) => {
    (obj as { other?: unknown }).other = 'changed';
    return value as unknown;
  },
  ({ value }) => Promise.resolve(value),
  ({ value }) => {
    if (value === 'x') throw new Error('broken transform');
    return value as unknown;
  },
  ({ value }) => ({ constructor: 'own', value: value as unknown }),
  () => undefined,
  ({ value }) =>
    new Map([
      ['a', value],
      ['b', new Money()],
    ]),
  ({ value }) => Object.assign(Object.create(null) as object, { value: value as unknown }),
];

/** The classes of a specification, the outermost last. */
export function makeDto({ classes, inherits }: DtoSpec): Constructor<object> {
  return classes.reduce<Constructor<object> | undefined>(
    (inner, spec) => makeClass(spec, inner, inherits ? inner : undefined),
    undefined,
  )!;
}

function makeClass(
  spec: ClassSpec,
  inner: Constructor<object> | undefined,
  base: Constructor<object> | undefined,
): Constructor<object> {
  const initial = spec.properties
    .filter((one) => one.initial !== undefined)
    .map((one) => [one.name, one.initial] as const);
  class Generated extends ((base ?? Object) as new () => object) {
    constructor() {
      super();
      for (const [name, value] of initial)
        Object.defineProperty(this, name, { value, enumerable: true, writable: true, configurable: true });
      return spec.construction ? (CONSTRUCTIONS[spec.construction](this) as this) : this;
    }
    method(): void {}
    get getter(): string {
      return 'got';
    }
  }
  if (spec.label !== undefined) Object.defineProperty(Generated, 'name', { value: spec.label });
  for (const one of spec.properties) decorateProperty(Generated, one, inner ?? Generated);
  if (spec.closed === 'exclude' || spec.closed === 'both') Exclude()(Generated);
  if (spec.closed === 'expose' || spec.closed === 'both') Expose()(Generated);
  return Generated;
}

function decorateProperty(type: Constructor<object>, spec: PropertySpec, inner: Constructor<object>): void {
  const target = type.prototype;
  const { name } = spec;
  if (spec.accessor) Object.defineProperty(target, name, accessor(spec.accessor, name));
  if (spec.declared !== undefined)
    Reflect.defineMetadata(
      'design:type',
      spec.type === 'inner' && spec.declared === Money ? inner : spec.declared,
      target,
      name,
    );
  for (const { name: decorator, variant, options } of spec.rules) {
    const samples = SAMPLES[decorator]!;
    samples[variant % samples.length]!.decorate(options)(target, name);
  }
  if (spec.nested) ValidateNested(spec.nested)(target, name);
  typeDecorator(spec, type, inner)?.(target, name);
  for (const { index, options } of spec.transforms) Transform(TRANSFORMS[index]!, options)(target, name);
  if (spec.expose) Expose(spec.expose)(target, name);
  if (spec.exclude) Exclude(spec.exclude)(target, name);
}

function accessor(parts: 'both' | 'get' | 'set', name: string): PropertyDescriptor {
  return {
    configurable: true,
    get:
      parts === 'set'
        ? undefined
        : function (this: Record<string, unknown>) {
            return this[`_${name}`];
          },
    set:
      parts === 'get'
        ? undefined
        : function (this: Record<string, unknown>, value) {
            this[`_${name}`] = value;
          },
  };
}

function typeDecorator(
  { type, scalar }: PropertySpec,
  self: Constructor<object>,
  inner: Constructor<object>,
): PropertyDecorator | undefined {
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
    case 'kept':
      return Type(() => self, {
        keepDiscriminatorProperty: true,
        discriminator: {
          property: 'other',
          subTypes: [
            { name: 'ada', value: inner },
            { name: 'x', value: Money },
          ],
        },
      });
    case 'byObject':
      return Type((reading) => ('name' in (reading?.object ?? {}) ? inner : self));
    case 'throws':
      return Type(() => URL);
    case 'fails':
      return Type(() => {
        throw new Error('broken type');
      });
    default:
      return undefined;
  }
}
