import type { Constructor } from '../../shared/types.js';
import { propertyRules } from '../property-rules.js';
import type { TransformMetadata, TypeMetadata } from '../transformer-maps.js';
import {
  decoratedProperties, excludedOf, excludesAll, exposedOf, exposeMetadata, hasSayInBuilding, transformsOf, typeMetadata,
} from '../transformer-store.js';

/** How one member of the input gets into an instance. */
export interface MemberPlan {
  /** Its name in the input. */
  readonly key: string;
  /** The property that it becomes; `undefined` when it is left out. */
  readonly property: string | undefined;
  /** What its objects become; `undefined` without `@Type`. */
  readonly type: Constructor | undefined;
  /** What its arrays become; `undefined` for arrays. */
  readonly collection: Constructor | undefined;
  readonly transforms: readonly TransformMetadata['transformFn'][];
}

/** What class-transformer's decorators say of building a class. */
export interface BuildPlan {
  /** Members that are not read as all others are: as they come, into a property of the same name. */
  readonly members: readonly MemberPlan[];
  /** Members that are read even where they are missing. */
  readonly always: readonly string[];
  /** No other members are read than those. */
  readonly closed: boolean;
}

/** Reads the decorators of a class; `undefined` when they say something that is left to the library. */
export function buildPlan(type: Constructor): BuildPlan | undefined {
  const plans = memberNames(type).map((key) => memberPlan(type, key));
  const members = plans.filter((plan) => plan !== undefined);
  if (members.length < plans.length) return undefined;
  return { members, always: alwaysRead(type), closed: excludesAll(type) };
}

function memberNames(type: Constructor): string[] {
  const names = [
    ...propertyRules(type).map(({ name }) => name),
    ...decoratedProperties(type),
    ...exposedOf(type).map(({ options }) => options?.name),
    ...unwritable(type),
  ];
  return [...new Set(names)].filter((name) => name !== undefined && name !== 'constructor') as string[];
}

/** Methods and getters, which class-transformer doesn't write. */
function unwritable(type: Constructor): string[] {
  const members = Object.getOwnPropertyDescriptors(type.prototype as object);
  return Object.entries(members).flatMap(([name, descriptor]) => (descriptor.set ? [] : [name]));
}

function memberPlan(type: Constructor, key: string): MemberPlan | undefined {
  const property = exposedOf(type).find(({ options }) => options?.name === key)?.propertyName ?? key;
  if (isLeftOut(type, key)) return { ...NOTHING, key };
  const metadata = typeMetadata(type, property);
  // The library asks for the type, which may throw, before it sees that it can't write.
  if (metadata && !isPlanned(metadata)) return undefined;
  if (unwritable(type).includes(property)) return { ...NOTHING, key };
  if (!isOrdinary(key) || !isOrdinary(property)) return undefined;
  const transforms = transformsOf(type, property).filter(({ options }) => !options?.groups?.length);
  return {
    key,
    property,
    type: metadata && (namedByType(metadata) as Constructor | undefined),
    collection: metadata && collectionOf(metadata),
    transforms: transforms.map(({ transformFn }) => transformFn),
  };
}

/** Symbols, and what every object has already, are left to the library. */
function isOrdinary(name: string | symbol): boolean {
  return typeof name === 'string' && !(name in Object.prototype);
}

const NOTHING = { property: undefined, type: undefined, collection: undefined, transforms: [] };

function isLeftOut(type: Constructor, key: string): boolean {
  return excludedOf(type).includes(key) || (exposeMetadata(type, key)?.options?.groups?.length ?? 0) > 0;
}

function alwaysRead(type: Constructor): string[] {
  const keys = exposedOf(type)
    .filter(({ options }) => hasSayInBuilding(options))
    .map(({ propertyName }) => exposeMetadata(type, propertyName!)?.options?.name ?? propertyName!);
  return [...new Set(keys)].filter((key) => !isLeftOut(type, key));
}

/** Discriminators, types that depend on the object that is read, and maps are left to the library. */
function isPlanned(metadata: TypeMetadata): boolean {
  if (metadata.options?.discriminator || (metadata.typeFunction?.length ?? 0) > 0) return false;
  const type = namedByType(metadata);
  return (type === undefined || typeof type === 'function') && !isMap(type) && !isMap(metadata.reflectedType);
}

/** What `@Type` names. Of a function that throws it is `null`, which no plan takes: the library throws where there is a value. */
export function namedByType({ typeFunction, reflectedType }: TypeMetadata): unknown {
  try {
    return typeFunction ? (typeFunction as () => unknown)() : reflectedType;
  } catch {
    return null;
  }
}

function isMap(type: unknown): boolean {
  return typeof type === 'function' && (type === Map || type.prototype instanceof Map);
}

/** Of these the library makes one of it for every array, sees that it takes no items, and makes an array. */
const NO_COLLECTIONS: ReadonlySet<unknown> = new Set([undefined, Array, Object, String, Number, Boolean, Date]);

function collectionOf({ reflectedType }: TypeMetadata): Constructor | undefined {
  return NO_COLLECTIONS.has(reflectedType) ? undefined : (reflectedType as Constructor);
}
