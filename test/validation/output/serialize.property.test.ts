import 'reflect-metadata';
import { Exclude, Expose, instanceToPlain, Transform, Type } from 'class-transformer';
import fc from 'fast-check';
import type { Constructor, PlainObject } from '../../../src/shared/types.js';
import { serialize } from '../../../src/validation/output/serialize.js';
import { provideSerialization } from '../../../src/validation/transformer/serialization-rules.js';

provideSerialization();

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);
const sent = (value: unknown): string | undefined => JSON.stringify(serialize(value)) as string | undefined;

const NAMES = ['a', 'b', 'c', 'd'] as const;
const direction = fc.record(
  { toClassOnly: fc.boolean(), toPlainOnly: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const TRANSFORMS: readonly Parameters<typeof Transform>[0][] = [
  ({ value }) => value as unknown,
  ({ value, key, type }) => `${key}:${typeof value}:${type}`,
  ({ obj }) => Object.keys(obj as object).length,
  () => undefined,
  ({ value }) => [value],
];

const property = fc.record({
  name: fc.constantFrom(...NAMES),
  exclude: maybe(direction),
  expose: maybe(
    fc.oneof(direction, fc.record({ name: fc.constantFrom('a', 'e', 'f') }), fc.record({ groups: fc.subarray(['g']) })),
  ),
  transforms: fc.array(
    fc.record({
      index: fc.nat(TRANSFORMS.length - 1),
      options: fc.oneof(direction, fc.record({ groups: fc.subarray(['g']) })),
    }),
    { maxLength: 2 },
  ),
  type: fc.constantFrom('none', 'none', 'inner', 'String', 'Number', 'Boolean', 'Date'),
});
const classSpec = fc.record({
  properties: fc.uniqueArray(property, { maxLength: 4, selector: ({ name }) => name }),
  closed: maybe(fc.constantFrom('exclude', 'expose')),
});
const value = fc.constantFrom(
  'text',
  '7',
  7,
  true,
  null,
  undefined,
  'date',
  'inner',
  'list',
  'set',
  'plain',
  'nested',
  'run',
  'getter',
);
const spec = fc.record({
  classes: fc.array(classSpec, { minLength: 1, maxLength: 3 }),
  inherits: fc.boolean(),
  values: fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 }),
});

type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;

const SCALARS = { String, Number, Boolean, Date };

/** An heir of the class that a `@Type` names is written by its own decorators, other than the library does it. */
function makeClass(
  { properties, closed }: Spec['classes'][number],
  inner: Constructor<object>,
  base: Constructor<object>,
): Constructor<object> {
  class Generated extends (base as new () => object) {
    method(): string {
      return 'method';
    }
    get got(): number {
      return 1;
    }
  }
  for (const { name, exclude, expose, transforms, type } of properties) {
    const target = Generated.prototype;
    if (exclude) Exclude(exclude)(target, name);
    if (expose) Expose(expose)(target, name);
    for (const { index, options } of transforms) Transform(TRANSFORMS[index]!, options)(target, name);
    if (type === 'inner' && base === Object) Type(() => inner)(target, name);
    else if (type !== 'none' && type !== 'inner') Type(() => SCALARS[type as keyof typeof SCALARS])(target, name);
  }
  Expose({ name: 'm' })(Generated.prototype, 'method');
  if (closed === 'exclude') Exclude()(Generated);
  if (closed === 'expose') Expose()(Generated);
  return Generated;
}

class Leaf {
  @Exclude() hidden = 'hidden';
  shown = 1;
}

/** Instances whose members the library takes for what they are, and leaves nothing of them to JSON. */
function instanceOf({ classes, inherits, values }: Spec): object {
  let inner: Constructor<object> = Leaf;
  let instance: object = new Leaf();
  for (const one of classes) {
    const type = makeClass(one, inner, inherits ? inner : Object);
    const before = instance;
    instance = new (type as new () => object)();
    for (const [name, kind] of values) (instance as PlainObject)[name] = memberOf(kind, before);
    inner = type;
  }
  return instance;
}

function memberOf(kind: unknown, inner: object): unknown {
  switch (kind) {
    case 'date':
      return new Date(0);
    case 'inner':
      return inner;
    case 'list':
      return [inner, 1, [inner]];
    case 'set':
      return new Set([inner, 1]);
    case 'plain':
      return { a: 1, b: 'b', hidden: 2 };
    case 'nested':
      return { x: [{ y: inner }] };
    default:
      return kind;
  }
}

test('instances are written as class-transformer writes them', () => {
  let different = 0;
  fc.assert(
    fc.property(spec, (given) => {
      const instance = instanceOf(given);
      const expected = JSON.stringify(instanceToPlain(instance));
      expect(sent(instance)).toBe(expected);
      if (expected !== JSON.stringify(instance)) different++;
    }),
    { numRuns: RUNS },
  );
  // Else nothing of what decorators say was compared.
  expect(different).toBeGreaterThan(RUNS / 4);
});

const SECRET = 'hunter2';

class User {
  name = 'Ada';
  @Exclude() password = SECRET;
}

class Admin extends User {
  @Exclude() key = SECRET;
  rank = 1;
}

@Exclude()
class Closed {
  @Expose() name = 'Ada';
  password = SECRET;
}

class Wrapped {
  constructor(inside: unknown) {
    this.inside = inside;
  }

  @Exclude() token = SECRET;
  inside: unknown;
  readonly close = () => this.token;
}

class Writing {
  constructor(private readonly inside: unknown) {}
  toJSON(): unknown {
    return this.inside;
  }
}

class Plain {
  constructor(readonly inside: unknown) {}
}

class Given {
  readonly #inside: unknown;
  @Exclude() token = SECRET;
  constructor(inside: unknown) {
    this.#inside = inside;
  }
  @Expose() get inside(): unknown {
    return this.#inside;
  }
  @Expose() method(): unknown {
    return this.#inside;
  }
  @Transform(({ obj }: { obj: Given }) => obj.inside) transformed = 1;
}

class Typed {
  @Type(() => User) users: unknown;
  @Exclude() token = SECRET;
  constructor(inside: unknown) {
    this.users = [inside];
  }
}

class Listed extends Array<unknown> {
  toJSON(): unknown {
    return { items: [...this] };
  }
}

/** Every way in which a value can stand in another one, and reach JSON. */
const WAYS: Readonly<Record<string, (inside: unknown) => unknown>> = {
  'in a list': (inside) => [inside, 1],
  'in data': (inside) => ({ inside, n: 1 }),
  'in data without a prototype': (inside) => Object.assign(Object.create(null) as object, { inside }),
  'in data that inherits': (inside) => Object.assign(Object.create({ inherited: 1 }) as object, { inside }),
  'in a map': (inside) => new Map([['inside', inside]]),
  'in a set': (inside) => new Set([inside]),
  'in a class that extends Map': (inside) => new (class extends Map<string, unknown> {})([['inside', inside]]),
  'in an instance': (inside) => new Plain(inside),
  'in a decorated instance': (inside) => new Wrapped(inside),
  'in a frozen instance': (inside) => Object.freeze(new Wrapped(inside)),
  'behind a private member': (inside) => new Given(inside),
  'behind a @Type': (inside) => new Typed(inside),
  'from toJSON': (inside) => ({ toJSON: () => inside }),
  'from toJSON of an instance': (inside) => new Writing(inside),
  'from toJSON of a list': (inside) => Listed.of(inside),
  'from toJSON of a function': (inside) => ({ run: Object.assign(() => 1, { toJSON: () => inside }) }),
  'from toJSON of a map': (inside) => Object.assign(new Map(), { toJSON: () => inside }),
  'from toJSON of a date': (inside) => Object.assign(new Date(0), { toJSON: () => [inside] }),
  'from toJSON that cannot be seen': (inside) => Object.defineProperty({}, 'toJSON', { value: () => inside }),
  'from toJSON that gives its own object': (inside) => ({
    inside,
    toJSON() {
      return this;
    },
  }),
  'from a getter': (inside) => Object.defineProperty({}, 'inside', { enumerable: true, get: () => inside }),
  'from a getter that makes it': (inside) =>
    Object.defineProperty({}, 'inside', { enumerable: true, get: () => [inside, new User()] }),
  'through a proxy': (inside) => new Proxy({ inside }, {}),
  'through a proxy of an instance': (inside) => new Proxy(new Wrapped(inside), {}),
  'in a promise that was awaited': (inside) => ({ result: inside }),
};

const ways = fc.array(fc.constantFrom(...Object.keys(WAYS)), { minLength: 1, maxLength: 6 });
const core = fc.constantFrom<() => unknown>(
  () => new User(),
  () => new Closed(),
  () => Object.freeze(new User()),
  () => new Admin(),
  () => new Proxy(new User(), {}),
);

test('what a class excludes leaves nowhere', () => {
  fc.assert(
    fc.property(core, ways, (make, names) => {
      const result = names.reduce((inside, name) => WAYS[name]!(inside), make());
      const text = sent(result);
      expect(text).toContain('"name":"Ada"');
      expect(text).not.toContain(SECRET);
    }),
    { numRuns: RUNS },
  );
});

test('what nobody decorated is written as JSON writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (data) => {
      expect(serialize(data)).toBe(data);
    }),
    { numRuns: RUNS },
  );
});
