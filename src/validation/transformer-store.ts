// oxlint-disable no-underscore-dangle -- the names are class-transformer's
import { Expose, type TypeHelpOptions } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import type { Constructor } from '../shared/types.js';

export interface TypeMetadata {
  typeFunction?: (options: TypeHelpOptions) => unknown;
  options?: { discriminator?: { subTypes?: readonly { name: string; value: Constructor }[]; property?: string } };
}

type ByProperty<T> = ReadonlyMap<object, ReadonlyMap<string | undefined, T>>;

/** What we read of class-transformer's private storage; maps are by class, then by property. */
export interface TransformerStore {
  readonly _typeMetadatas: ByProperty<TypeMetadata>;
  readonly _transformMetadatas: ByProperty<readonly { options?: { toPlainOnly?: boolean; toClassOnly?: boolean } }[]>;
  readonly _exposeMetadatas: ByProperty<unknown>;
  readonly _excludeMetadatas: ByProperty<unknown>;
  findTypeMetadata(target: Constructor, property: string): TypeMetadata | undefined;
  findExposeMetadata(target: Constructor, property: string): { options?: { name?: string } } | undefined;
  findExposeMetadataByCustomName(target: Constructor, name: string): { propertyName: string } | undefined;
}

/**
 * What class-transformer's decorators wrote; `undefined` where it is out of reach.
 *
 * The storage exists once a build of the library. A bundle that took the ESM build for `class-transformer` has another
 * one than the CommonJS file that we import; alias `class-transformer/cjs/storage.js` to
 * `class-transformer/esm5/storage.js` in such a bundle.
 */
export const transformerStore: TransformerStore | undefined = storeInUse(defaultMetadataStorage as TransformerStore);

/** The storage if a class that is decorated through the package's root shows up in it. */
export function storeInUse(store: TransformerStore): TransformerStore | undefined {
  class Probe {
    declare probe: unknown;
  }
  Expose()(Probe.prototype, 'probe');
  return store._exposeMetadatas.get(Probe)?.has('probe') ? store : undefined;
}

/** Whether class-transformer has a say in how instances of a class are written or built. */
export function isDecorated(store: TransformerStore, type: Constructor): boolean {
  const maps = [store._exposeMetadatas, store._excludeMetadatas, store._transformMetadatas, store._typeMetadatas];
  return lineage(type).some((ancestor) => maps.some((map) => map.has(ancestor)));
}

/** Whether a `@Transform` makes the property's value when an instance is built. */
export function isBuiltByTransform(store: TransformerStore, type: Constructor, property: string): boolean {
  return lineage(type)
    .flatMap((ancestor) => store._transformMetadatas.get(ancestor)?.get(property) ?? [])
    .some(({ options }) => !options?.toPlainOnly || options.toClassOnly === true);
}

/** Properties that carry `@Type` or `@Expose`. */
export function exposedProperties(store: TransformerStore, type: Constructor): string[] {
  return lineage(type)
    .flatMap((ancestor) => [store._typeMetadatas.get(ancestor), store._exposeMetadatas.get(ancestor)])
    .flatMap((properties) => [...(properties?.keys() ?? [])])
    .filter((property) => property !== undefined);
}

/** What the function that was given to `@Type` names; it may look at the object that is being read. */
export function namedType(metadata: TypeMetadata, object: object, property: string): unknown {
  return metadata.typeFunction?.({ newObject: {}, object, property });
}

/** The class and its ancestors. */
function lineage(type: Constructor): Constructor[] {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype ? [type, ...lineage(parent as Constructor)] : [type];
}
