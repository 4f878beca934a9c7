import { instanceToPlain, plainToInstance, Transform, type TransformFnParams } from 'class-transformer';
import type { Constructor } from '../../shared/types.js';
import {
  type ByProperty,
  type DirectionOptions,
  type ExcludeMetadata,
  type ExposeMetadata,
  transformerMaps,
  type TransformMetadata,
  type TypeMetadata,
} from './transformer-maps.js';

/** Whether class-transformer has a say in how instances of a class are written or built. */
export function isDecorated(type: Constructor): boolean {
  const maps = Object.values(transformerMaps()) as ByProperty<unknown>[];
  return lineage(type).some((ancestor) => maps.some((map) => map.has(ancestor)));
}

/** What `@Type` says of a property. */
export function typeMetadata(type: Constructor, property: string): TypeMetadata | undefined {
  return find(transformerMaps().types, type, property);
}

/** The name that `@Expose` gives a property. */
export function exposedName(type: Constructor, property: string): string | undefined {
  return find(transformerMaps().exposed, type, property)?.options?.name;
}

/** The property that `@Expose` gives a name. */
export function propertyExposedAs(type: Constructor, name: string): string | undefined {
  const { exposed } = transformerMaps();
  return lineage(type)
    .flatMap((ancestor) => [...(exposed.get(ancestor)?.values() ?? [])])
    .find(({ options }) => options?.name === name)?.propertyName;
}

/** Whether a `@Transform` makes the property's value when an instance is built. */
export function isBuiltByTransform(type: Constructor, property: string): boolean {
  return transformsOf(type, property).length > 0;
}

/** The `@Transform`s of a property that run when an instance is built, in the library's order. */
export function transformsOf(type: Constructor, property: string): TransformMetadata[] {
  return everyTransformOf(type, property).filter(({ options }) => hasSayInBuilding(options));
}

/** The `@Transform`s of a property in both directions, in the library's order. */
export function everyTransformOf(type: Constructor, property: string): TransformMetadata[] {
  const [own, ...ancestors] = lineage(type).map((one) => transformerMaps().transforms.get(one)?.get(property) ?? []);
  return [...ancestors.flat().toReversed(), ...own!.toReversed()];
}

/** What `@Expose` says of properties, in the library's order: ancestors first. */
export function exposedOf(type: Constructor): ExposeMetadata[] {
  return ofProperties(transformerMaps().exposed, type);
}

/** What `@Expose` says of one property. */
export function exposeMetadata(type: Constructor, property: string): ExposeMetadata | undefined {
  return find(transformerMaps().exposed, type, property);
}

/** What `@Exclude` says of one property. */
export function excludeMetadata(type: Constructor, property: string): ExcludeMetadata | undefined {
  return find(transformerMaps().excluded, type, property);
}

/** What `@Exclude` and `@Expose` say of the class itself, which the library does not inherit. */
export function classWords(type: Constructor): {
  exclude: ExcludeMetadata | undefined;
  expose: ExposeMetadata | undefined;
} {
  const { excluded, exposed } = transformerMaps();
  return { exclude: excluded.get(type)?.get(undefined), expose: exposed.get(type)?.get(undefined) };
}

/** The properties that are left out when an instance is built, or in the direction that is asked about. */
export function excludedOf(type: Constructor, hasSay = hasSayInBuilding): string[] {
  return ofProperties(transformerMaps().excluded, type)
    .filter(({ options }) => hasSay(options))
    .map(({ propertyName }) => propertyName!);
}

/** Whether only exposed members are read: `@Exclude` on the class itself, without `@Expose`. */
export function excludesAll(type: Constructor): boolean {
  const { exclude, expose } = classWords(type);
  return exclude !== undefined && !expose;
}

/** All properties of which class-transformer knows something. */
export function decoratedProperties(type: Constructor): string[] {
  const maps = Object.values(transformerMaps()) as ByProperty<unknown>[];
  return lineage(type)
    .flatMap((ancestor) => maps.flatMap((map) => [...(map.get(ancestor)?.keys() ?? [])]))
    .filter((property) => property !== undefined);
}

export function hasSayInBuilding(options: DirectionOptions | undefined): boolean {
  return !options?.toPlainOnly || options.toClassOnly === true;
}

/** Properties that carry `@Type` or `@Expose`. */
export function exposedProperties(type: Constructor): string[] {
  const { types, exposed } = transformerMaps();
  return lineage(type)
    .flatMap((ancestor) => [types.get(ancestor), exposed.get(ancestor)])
    .flatMap((properties) => [...(properties?.keys() ?? [])])
    .filter((property) => property !== undefined);
}

/** What the function that was given to `@Type` names; it may look at the object that is being read. */
export function namedType(metadata: TypeMetadata, object: object, property: string): unknown {
  return metadata.typeFunction?.({ newObject: {}, object, property });
}

/**
 * What `@Type` names before there is an object to look at: the function's answer to an empty one, else the declared
 * type. It is a guess. `undefined` where the function needs more than that, and throws.
 */
export function likelyType(metadata: TypeMetadata, property: string): unknown {
  if (!metadata.typeFunction) return metadata.reflectedType;
  try {
    return namedType(metadata, {}, property);
  } catch {
    return undefined;
  }
}

/**
 * Whether the function that was given to `@Type` can't look at the object: its text has neither a parameter nor
 * `arguments`.
 */
export function looksAtNothing({ typeFunction }: TypeMetadata): boolean {
  return (
    typeFunction === undefined ||
    /^(?:\(\s*\)\s*=>|function\s*\(\s*\)\s*\{(?!.*\barguments\b))/s.test(String(typeFunction))
  );
}

function ofProperties<T extends { propertyName: string | undefined }>(map: ByProperty<T>, type: Constructor): T[] {
  const [own, ...ancestors] = lineage(type);
  return [...ancestors, own!]
    .flatMap((one) => [...(map.get(one)?.values() ?? [])])
    .filter(({ propertyName }) => propertyName !== undefined);
}

/** The word of the class itself, else that of the nearest ancestor. */
function find<T>(map: ByProperty<T>, type: Constructor, property: string): T | undefined {
  for (const ancestor of lineage(type)) {
    const found = map.get(ancestor)?.get(property);
    if (found) return found;
  }
  return undefined;
}

/** The class and its ancestors. */
export function lineage(type: Constructor): Constructor[] {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype
    ? [type, ...lineage(parent as Constructor)]
    : [type];
}

type Call = Pick<TransformFnParams, 'type' | 'options'>;

const RUNS = {
  building: (Probe: new () => object) => plainToInstance(Probe, { probe: true }),
  writing: (Probe: new () => object) => instanceToPlain(Object.assign(new Probe(), { probe: true })),
};

const calls: { [K in keyof typeof RUNS]?: Call } = {};

/**
 * What class-transformer tells a `@Transform` beside the value when an instance is built, or written: it is asked once.
 */
export function transformCall(direction: keyof typeof RUNS): Call {
  return (calls[direction] ??= askedFor(direction));
}

function askedFor(direction: keyof typeof RUNS): Call {
  let call: Call | undefined;
  class Probe {
    declare probe: unknown;
  }
  Transform(({ type, options }) => void (call = { type, options }))(Probe.prototype, 'probe');
  RUNS[direction](Probe);
  return call!;
}

/** Of these the library makes one of it for every array, sees that it takes no items, and makes an array. */
export const NO_COLLECTIONS: ReadonlySet<unknown> = new Set([undefined, Array, Object, String, Number, Boolean, Date]);
