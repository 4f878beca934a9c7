import type { Constructor, PlainObject } from '../../shared/types.js';
import type { TransformMetadata, TypeMetadata } from '../transformer/transformer-maps.js';
import {
  appliesTo,
  decoratedProperties,
  everyTransformOf,
  excludedOf,
  excludesAll,
  exposedOf,
  exposeMetadata,
  isDecorated,
  transformCall,
  typeMetadata,
} from '../transformer/transformer-metadata.js';

/** How class-transformer's decorators serialize one property. */
export interface SerializedProperty {
  /** The name in JSON. */
  readonly name: string;
  /** Whether `@Expose` names it: a method is called, and its result is serialized. */
  readonly exposed: boolean;
  /** Whether it is never serialized: excluded, or exposed for groups only. */
  readonly hidden: boolean;
  readonly transforms: readonly TransformMetadata[];
  readonly type: TypeMetadata | undefined;
}

/** How instances of a class are serialized: what `instanceToPlain` looks up for each value, looked up once a class. */
export class SerializedClass {
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

  /** Whether `@Expose` names what is serialized. */
  get exposes(): boolean {
    return this.#exposed.length > 0;
  }

  property(key: string): SerializedProperty | undefined {
    return this.#properties.get(key);
  }

  /** Whether a property is serialized if an instance has it. */
  writes(key: string): boolean {
    return this.property(key)?.hidden !== true && (!this.#excludesAll || this.#exposed.includes(key));
  }

  /** Returns the properties of an instance to write, in the library's order. */
  keysOf(instance: object): string[] {
    const own = this.#excludesAll ? [] : Object.keys(instance);
    return [...new Set([...own, ...this.#exposed])].filter(
      (key) => !UNSAFE.has(key) && this.property(key)?.hidden !== true,
    );
  }
}

/** Returns the value of a property to write. An exposed function is called; any other is left out. */
export function serializedValue(
  { exposed, transforms }: SerializedProperty,
  key: string,
  instance: PlainObject,
): unknown {
  const given = instance[key];
  let value = given;
  for (const { transformFn } of transforms)
    value = transformFn({ value, key, obj: instance, ...transformCall('output') });
  if (value !== given || typeof given !== 'function') return value;
  return exposed ? (given as () => unknown).call(instance) : undefined;
}

const classes = new WeakMap<Constructor, SerializedClass | null>();

/** Returns how a class is serialized; `undefined` if it has no class-transformer decorators. */
export function serializedClass(type: unknown): SerializedClass | undefined {
  if (typeof type !== 'function' || typeof type.prototype !== 'object') return undefined;
  let serialized = classes.get(type as Constructor);
  if (serialized === undefined) {
    serialized = isDecorated(type as Constructor) ? new SerializedClass(type as Constructor) : null;
    classes.set(type as Constructor, serialized);
  }
  return serialized ?? undefined;
}

// The library skips both: an application that copies such members on would change a prototype.
const UNSAFE: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

function propertyOf(type: Constructor, key: string, exposed: readonly string[]): SerializedProperty {
  const expose = exposeMetadata(type, key)?.options;
  return {
    name: expose?.name ?? key,
    exposed: exposed.includes(key),
    hidden: excludedOf(type, 'output').includes(key) || (expose?.groups?.length ?? 0) > 0,
    transforms: everyTransformOf(type, key).filter(
      ({ options }) => appliesTo(options, 'output') && !options?.groups?.length,
    ),
    type: typeMetadata(type, key),
  };
}
