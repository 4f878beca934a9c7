import type { Constructor } from '../../shared/types.js';
import { propertyRules } from '../dto/property-rules.js';
import type { TransformMetadata, TypeMetadata } from '../transformer/transformer-maps.js';
import {
  decoratedProperties,
  excludedOf,
  excludesAll,
  exposedOf,
  exposeMetadata,
  hasSayInBuilding,
  likelyType,
  looksAtNothing,
  NO_COLLECTIONS,
  transformsOf,
  typeMetadata,
} from '../transformer/transformer-metadata.js';

/** How one member of the input gets into an instance. */
export interface MemberPlan {
  /** Its name in the input. */
  readonly key: string;
  /** The property that it becomes; `undefined` when it is left out. */
  readonly property: string | undefined;
  /** Asked for every object what the member's objects become: it may answer otherwise the next time. */
  readonly typeFunction: TypeMetadata['typeFunction'] | undefined;
  /** The function above can't look at the object that is read. */
  readonly looksAtNothing: boolean;
  /** What its objects become, most likely where there is a function to ask; `undefined` without `@Type`. */
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
  if (metadata && !isPlanned(metadata, property)) return undefined;
  if (!isOrdinary(key) || !isOrdinary(property)) return undefined;
  // The library asks for the type, which may throw, before it sees that it can't write.
  const asked = { typeFunction: metadata?.typeFunction, looksAtNothing: !metadata || looksAtNothing(metadata) };
  if (unwritable(type).includes(property)) return { ...NOTHING, ...asked, key };
  const transforms = transformsOf(type, property).filter(({ options }) => !options?.groups?.length);
  return {
    ...asked,
    key,
    property,
    type: metadata && (likelyType(metadata, property) as Constructor | undefined),
    collection: metadata && collectionOf(metadata),
    transforms: transforms.map(({ transformFn }) => transformFn),
  };
}

/** Symbols, and what every object has already, are left to the library. */
function isOrdinary(name: string | symbol): boolean {
  return typeof name === 'string' && !(name in Object.prototype);
}

const NOTHING = {
  property: undefined,
  typeFunction: undefined,
  looksAtNothing: true,
  type: undefined,
  collection: undefined,
  transforms: [],
};

function isLeftOut(type: Constructor, key: string): boolean {
  return excludedOf(type).includes(key) || (exposeMetadata(type, key)?.options?.groups?.length ?? 0) > 0;
}

function alwaysRead(type: Constructor): string[] {
  const keys = exposedOf(type)
    .filter(({ options }) => hasSayInBuilding(options))
    .map(({ propertyName }) => exposeMetadata(type, propertyName!)?.options?.name ?? propertyName!);
  return [...new Set(keys)].filter((key) => !isLeftOut(type, key));
}

/** Discriminators and maps are left to the library. */
function isPlanned(metadata: TypeMetadata, property: string): boolean {
  if (metadata.options?.discriminator) return false;
  const type = likelyType(metadata, property);
  return (type === undefined || typeof type === 'function') && !isMap(type) && !isMap(metadata.reflectedType);
}

function isMap(type: unknown): boolean {
  return typeof type === 'function' && (type === Map || type.prototype instanceof Map);
}

function collectionOf({ reflectedType }: TypeMetadata): Constructor | undefined {
  return NO_COLLECTIONS.has(reflectedType) ? undefined : (reflectedType as Constructor);
}
