import type { Constructor, PlainObject } from '../../shared/types.js';
import type { DirectionOptions, TransformMetadata, TypeMetadata } from '../transformer/transformer-maps.js';
import {
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

/** What class-transformer's decorators say of one property when an instance is written. */
export interface WrittenProperty {
  /** The name to write. */
  readonly name: string;
  /** `@Expose` names it: a method is called, and written is what it gives. */
  readonly exposed: boolean;
  /** Never written: excluded, or exposed for groups alone. */
  readonly hidden: boolean;
  readonly transforms: readonly TransformMetadata[];
  readonly type: TypeMetadata | undefined;
}

/** How instances of a class are written: what `instanceToPlain` looks up at each value, looked up once a class. */
export class WrittenClass {
  readonly #excludesAll: boolean;
  readonly #exposed: readonly string[];
  /** Of decorated properties alone: an instance may have any number of others, by names that a caller chose. */
  readonly #properties: ReadonlyMap<string, WrittenProperty>;

  constructor(readonly type: Constructor) {
    this.#excludesAll = excludesAll(type);
    this.#exposed = exposedOf(type)
      .filter(({ options }) => hasSayInWriting(options))
      .map(({ propertyName }) => propertyName!);
    this.#properties = new Map(decoratedProperties(type).map((key) => [key, propertyOf(type, key, this.#exposed)]));
  }

  /** `@Expose` names what is written. */
  get exposes(): boolean {
    return this.#exposed.length > 0;
  }

  property(key: string): WrittenProperty | undefined {
    return this.#properties.get(key);
  }

  /** Whether a property is written where an instance has it. */
  writes(key: string): boolean {
    return this.property(key)?.hidden !== true && (!this.#excludesAll || this.#exposed.includes(key));
  }

  /** The properties of an instance that are written, in the library's order. */
  keysOf(instance: object): string[] {
    const own = this.#excludesAll ? [] : Object.keys(instance);
    return [...new Set([...own, ...this.#exposed])].filter(
      (key) => !UNSAFE.has(key) && this.property(key)?.hidden !== true,
    );
  }
}

/** The value of a property to write; of a function what it gives where it is exposed, and else nothing. */
export function writtenValue({ exposed, transforms }: WrittenProperty, key: string, instance: PlainObject): unknown {
  const given = instance[key];
  let value = given;
  for (const { transformFn } of transforms)
    value = transformFn({ value, key, obj: instance, ...transformCall('writing') });
  if (value !== given || typeof given !== 'function') return value;
  return exposed ? (given as () => unknown).call(instance) : undefined;
}

const classes = new WeakMap<Constructor, WrittenClass | null>();

/** How a class is written; `undefined` where no decorator says anything about it. */
export function writtenClass(type: unknown): WrittenClass | undefined {
  if (typeof type !== 'function' || typeof type.prototype !== 'object') return undefined;
  let written = classes.get(type as Constructor);
  if (written === undefined) {
    written = isDecorated(type as Constructor) ? new WrittenClass(type as Constructor) : null;
    classes.set(type as Constructor, written);
  }
  return written ?? undefined;
}

// The library passes over both: a program that copies such members on would change a prototype.
const UNSAFE: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

function propertyOf(type: Constructor, key: string, exposed: readonly string[]): WrittenProperty {
  const expose = exposeMetadata(type, key)?.options;
  return {
    name: expose?.name ?? key,
    exposed: exposed.includes(key),
    hidden: excludedOf(type, hasSayInWriting).includes(key) || (expose?.groups?.length ?? 0) > 0,
    transforms: everyTransformOf(type, key).filter(
      ({ options }) => hasSayInWriting(options) && !options?.groups?.length,
    ),
    type: typeMetadata(type, key),
  };
}

function hasSayInWriting(options: DirectionOptions | undefined): boolean {
  return !options?.toClassOnly || options.toPlainOnly === true;
}
