import type { TransformFnParams } from 'class-transformer';
import { lineage } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import {
  type ByProperty,
  type Direction,
  type DirectionOptions,
  type ExcludeMetadata,
  type ExposeMetadata,
  transformerMaps,
  type TransformMetadata,
  type TypeMetadata,
} from './transformer-maps.js';

/** Whether a class or an ancestor has class-transformer decorators. */
export function isDecorated(type: Constructor): boolean {
  const maps = Object.values(transformerMaps()) as ByProperty<unknown>[];
  return lineage(type).some((ancestor) => maps.some((map) => map.has(ancestor)));
}

/** Returns the `@Type` of a property. */
export function typeMetadata(type: Constructor, property: string): TypeMetadata | undefined {
  return find(transformerMaps().types, type, property);
}

/** Returns the name that `@Expose` gives a property. */
export function exposedName(type: Constructor, property: string): string | undefined {
  return find(transformerMaps().exposed, type, property)?.options?.name;
}

/** Returns the property to which `@Expose` gives a name. */
export function propertyExposedAs(type: Constructor, name: string): string | undefined {
  const { exposed } = transformerMaps();
  return lineage(type)
    .flatMap((ancestor) => [...(exposed.get(ancestor)?.values() ?? [])])
    .find(({ options }) => options?.name === name)?.propertyName;
}

/** Whether a `@Transform` builds the property's value. */
export function isBuiltByTransform(type: Constructor, property: string): boolean {
  return transformsOf(type, property).length > 0;
}

/** Returns the `@Transform`s that build a property's value, in the library's order. */
export function transformsOf(type: Constructor, property: string): TransformMetadata[] {
  return everyTransformOf(type, property).filter(({ options }) => appliesTo(options, 'input'));
}

/** Returns the `@Transform`s of a property in both directions, in the library's order. */
export function everyTransformOf(type: Constructor, property: string): TransformMetadata[] {
  const [own, ...ancestors] = lineage(type).map((one) => transformerMaps().transforms.get(one)?.get(property) ?? []);
  return [...ancestors.flat().toReversed(), ...own!.toReversed()];
}

/** Returns the `@Expose`s of properties, in the library's order: ancestors first. */
export function exposedOf(type: Constructor): ExposeMetadata[] {
  return ofProperties(transformerMaps().exposed, type);
}

/** Returns the `@Expose` of one property. */
export function exposeMetadata(type: Constructor, property: string): ExposeMetadata | undefined {
  return find(transformerMaps().exposed, type, property);
}

/** Returns the `@Exclude` of one property. */
export function excludeMetadata(type: Constructor, property: string): ExcludeMetadata | undefined {
  return find(transformerMaps().excluded, type, property);
}

/** Returns the `@Exclude` and `@Expose` of the class itself, which the library does not inherit. */
export function classDecorators(type: Constructor): {
  exclude: ExcludeMetadata | undefined;
  expose: ExposeMetadata | undefined;
} {
  const { excluded, exposed } = transformerMaps();
  return { exclude: excluded.get(type)?.get(undefined), expose: exposed.get(type)?.get(undefined) };
}

/** Returns the properties that are excluded in a direction. */
export function excludedOf(type: Constructor, direction: Direction): string[] {
  return ofProperties(transformerMaps().excluded, type)
    .filter(({ options }) => appliesTo(options, direction))
    .map(({ propertyName }) => propertyName!);
}

/** Whether the class is limited to its exposed members: it has `@Exclude`, and no `@Expose`. */
export function excludesAll(type: Constructor): boolean {
  const { exclude, expose } = classDecorators(type);
  return exclude !== undefined && !expose;
}

/** Returns all properties with class-transformer decorators. */
export function decoratedProperties(type: Constructor): string[] {
  const maps = Object.values(transformerMaps()) as ByProperty<unknown>[];
  return lineage(type)
    .flatMap((ancestor) => maps.flatMap((map) => [...(map.get(ancestor)?.keys() ?? [])]))
    .filter((property) => property !== undefined);
}

/** Whether a decorator applies to a direction; one that names both directions applies to both. */
export function appliesTo({ toClassOnly, toPlainOnly }: DirectionOptions = {}, direction: Direction): boolean {
  return direction === 'input' ? !toPlainOnly || toClassOnly === true : !toClassOnly || toPlainOnly === true;
}

/** Returns the properties with `@Type` or `@Expose`. */
export function exposedProperties(type: Constructor): string[] {
  const { types, exposed } = transformerMaps();
  return lineage(type)
    .flatMap((ancestor) => [types.get(ancestor), exposed.get(ancestor)])
    .flatMap((properties) => [...(properties?.keys() ?? [])])
    .filter((property) => property !== undefined);
}

/** Calls the function passed to `@Type`, which may look at the object that is read. */
export function namedType(metadata: TypeMetadata, object: object, property: string): unknown {
  return metadata.typeFunction?.({ newObject: {}, object, property });
}

/**
 * Guesses the type of a property before there is an object to look at: the `@Type` function's result for an empty
 * object, else the declared type. `undefined` if the function needs more than that, and throws.
 */
export function likelyType(metadata: TypeMetadata, property: string): unknown {
  if (!metadata.typeFunction) return metadata.reflectedType;
  try {
    return namedType(metadata, {}, property);
  } catch {
    return undefined;
  }
}

function ofProperties<T extends { propertyName: string | undefined }>(map: ByProperty<T>, type: Constructor): T[] {
  const [own, ...ancestors] = lineage(type);
  return [...ancestors, own!]
    .flatMap((one) => [...(map.get(one)?.values() ?? [])])
    .filter(({ propertyName }) => propertyName !== undefined);
}

/** Returns the metadata of the class itself, else of the nearest ancestor. */
function find<T>(map: ByProperty<T>, type: Constructor, property: string): T | undefined {
  for (const ancestor of lineage(type)) {
    const found = map.get(ancestor)?.get(property);
    if (found) return found;
  }
  return undefined;
}

type Call = Pick<TransformFnParams, 'type' | 'options'>;

// class-transformer's defaults, which every `@Transform` gets; a test compares them with the library's.
const OPTIONS: Call['options'] = {
  enableCircularCheck: false,
  enableImplicitConversion: false,
  excludeExtraneousValues: false,
  excludePrefixes: undefined,
  exposeDefaultValues: false,
  exposeUnsetFields: true,
  groups: undefined,
  ignoreDecorators: false,
  strategy: undefined,
  targetMaps: undefined,
  version: undefined,
};
const CALLS: Readonly<Record<Direction, Call>> = {
  input: { type: 0 as Call['type'], options: OPTIONS },
  output: { type: 1 as Call['type'], options: OPTIONS },
};

/** Returns what class-transformer passes to a `@Transform` beside the value. */
export function transformCall(direction: Direction): Call {
  return CALLS[direction];
}

/** The types to which class-transformer converts values itself. */
export const LIBRARY_SCALARS: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Buffer]);

/**
 * Declared types without collections: the library creates one for every array, sees that it takes no items, and uses an
 * array.
 */
export const NO_COLLECTIONS: ReadonlySet<unknown> = new Set([undefined, Array, Object, String, Number, Boolean, Date]);
