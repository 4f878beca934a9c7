import { type Constructor, isClass, type PlainObject } from '../../shared/types.js';
import {
  type SerializedClass,
  type SerializedProperty,
  type Typed,
  useSerializationRules,
} from '../output/serialized-class.js';
import type { TransformMetadata, TypeMetadata } from './transformer-maps.js';
import {
  appliesTo,
  decoratedProperties,
  everyTransformOf,
  excludedOf,
  excludesAll,
  exposedOf,
  exposeMetadata,
  isDecorated,
  namedType,
  transformCall,
  typeMetadata,
} from './transformer-metadata.js';

/** The serialization of a class's instances: what `instanceToPlain` looks up for each value, looked up once a class. */
class DecoratedClass implements SerializedClass {
  readonly #excludesAll: boolean;
  readonly #exposed: readonly string[];
  /** Decorated properties only: an instance may have any number of others, with names that a caller chose. */
  readonly #properties: ReadonlyMap<string, SerializedProperty>;

  constructor(readonly type: Constructor) {
    this.#excludesAll = excludesAll(type);
    this.#exposed = exposedOf(type)
      .filter(({ options }) => appliesTo(options, 'output'))
      .map(({ propertyName }) => propertyName!);
    this.#properties = new Map(decoratedProperties(type).map((key) => [key, propertyOf(type, key, this.#exposed)]));
  }

  get exposes(): boolean {
    return this.#exposed.length > 0;
  }

  property(key: string): SerializedProperty | undefined {
    return this.#properties.get(key);
  }

  writes(key: string): boolean {
    return this.property(key)?.hidden !== true && (!this.#excludesAll || this.#exposed.includes(key));
  }

  keysOf(instance: object): string[] {
    const own = this.#excludesAll ? [] : Object.keys(instance);
    return [...new Set([...own, ...this.#exposed])].filter(
      (key) => !UNSAFE.has(key) && this.property(key)?.hidden !== true,
    );
  }
}

const classes = new WeakMap<Constructor, SerializedClass | null>();

/** Lets results be serialized by class-transformer's decorators. Without it, classes have none. */
export function provideSerialization(): void {
  useSerializationRules(decoratedClass);
}

function decoratedClass(type: unknown): SerializedClass | undefined {
  if (!isClass(type)) return undefined;
  let serialized = classes.get(type);
  if (serialized === undefined) {
    serialized = isDecorated(type) ? new DecoratedClass(type) : null;
    classes.set(type, serialized);
  }
  return serialized ?? undefined;
}

// The library skips both: an application that copies such members on would change a prototype.
const UNSAFE: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

function propertyOf(type: Constructor, key: string, exposed: readonly string[]): SerializedProperty {
  const expose = exposeMetadata(type, key)?.options;
  const metadata = typeMetadata(type, key);
  const isExposed = exposed.includes(key);
  const transforms = everyTransformOf(type, key).filter(
    ({ options }) => appliesTo(options, 'output') && !options?.groups?.length,
  );
  return {
    name: expose?.name ?? key,
    hidden: excludedOf(type, 'output').includes(key) || (expose?.groups?.length ?? 0) > 0,
    valueIn: (instance) => serializedValue({ key, transforms, isExposed }, instance),
    typedIn: metadata && ((instance) => typedBy(metadata, instance, key)),
  };
}

interface Transformed {
  readonly key: string;
  readonly transforms: readonly TransformMetadata[];
  /** Whether `@Expose` names it: a method is called, and its result is serialized. */
  readonly isExposed: boolean;
}

/** Returns the value of a property to write. An exposed function is called; any other is left out. */
function serializedValue({ key, transforms, isExposed }: Transformed, instance: PlainObject): unknown {
  const given = instance[key];
  let value = given;
  for (const { transformFn } of transforms)
    value = transformFn({ value, key, obj: instance, ...transformCall('output') });
  if (value !== given || typeof given !== 'function') return value;
  return isExposed ? (given as () => unknown).call(instance) : undefined;
}

function typedBy(metadata: TypeMetadata, instance: object, key: string): Typed {
  const { reflectedType, options } = metadata;
  const type = metadata.typeFunction ? namedType(metadata, instance, key) : reflectedType;
  return { type, discriminator: options?.discriminator, map: reflectedType === Map };
}
