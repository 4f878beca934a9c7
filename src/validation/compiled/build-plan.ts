import { type Constructor, isKindOf } from '../../shared/types.js';
import { propertyRules } from '../dto/property-rules.js';
import { ignoresObject } from '../transformer/ignores-object.js';
import type { TransformMetadata, TypeMetadata } from '../transformer/transformer-maps.js';
import {
  appliesTo,
  decoratedProperties,
  excludedOf,
  excludesAll,
  exposedOf,
  exposeMetadata,
  likelyType,
  NO_COLLECTIONS,
  transformsOf,
  typeMetadata,
} from '../transformer/transformer-metadata.js';

/** The plan by which one member of the input becomes a property of the instance. */
export interface MemberPlan {
  /** The name in the input. */
  readonly key: string;
  /** The property; `undefined` if the member is left out. */
  readonly property: string | undefined;
  /** Metadata of `@Type`. Its function is called for every object, since its result may change. */
  readonly metadata: TypeMetadata | undefined;
  /** Whether the function cannot look at the object that is read. */
  readonly ignoresObject: boolean;
  /** The likely type of the member's objects; `undefined` without `@Type`. */
  readonly type: Constructor | undefined;
  /** The type of the member's collection; `undefined` for arrays. */
  readonly collection: Constructor | undefined;
  readonly transforms: readonly TransformMetadata['transformFn'][];
}

/** The plan by which class-transformer's decorators build a class. */
export interface BuildPlan {
  /** Members that are not copied as they are to a property of the same name. */
  readonly members: readonly MemberPlan[];
  /** Members that are read even if they are missing. */
  readonly always: readonly string[];
  /** Whether all other members are ignored. */
  readonly closed: boolean;
}

/** Reads the decorators of a class; `undefined` if one of them is left to the library. */
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

/** Methods and getters, which class-transformer does not write. */
function unwritable(type: Constructor): string[] {
  const members = Object.getOwnPropertyDescriptors(type.prototype);
  return Object.entries(members).flatMap(([name, descriptor]) => (descriptor.set ? [] : [name]));
}

function memberPlan(type: Constructor, key: string): MemberPlan | undefined {
  const property = exposedOf(type).find(({ options }) => options?.name === key)?.propertyName ?? key;
  if (isLeftOut(type, key)) return { ...NOTHING, key };
  const metadata = typeMetadata(type, property);
  if (metadata && !isPlanned(metadata, property)) return undefined;
  if (!isOrdinary(key) || !isOrdinary(property)) return undefined;
  // The library calls the function, which may throw, before it sees that it cannot write the property.
  const asked = { metadata, ignoresObject: !metadata || ignoresObject(metadata) };
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

/** Symbols, and names that every object has, are left to the library. */
function isOrdinary(name: string | symbol): boolean {
  return typeof name === 'string' && !(name in Object.prototype);
}

const NOTHING = {
  property: undefined,
  metadata: undefined,
  ignoresObject: true,
  type: undefined,
  collection: undefined,
  transforms: [],
};

function isLeftOut(type: Constructor, key: string): boolean {
  return excludedOf(type, 'input').includes(key) || (exposeMetadata(type, key)?.options?.groups?.length ?? 0) > 0;
}

function alwaysRead(type: Constructor): string[] {
  const keys = exposedOf(type)
    .filter(({ options }) => appliesTo(options, 'input'))
    .map(({ propertyName }) => exposeMetadata(type, propertyName!)?.options?.name ?? propertyName!);
  return [...new Set(keys)].filter((key) => !isLeftOut(type, key));
}

/** Discriminators and maps are left to the library. */
function isPlanned(metadata: TypeMetadata, property: string): boolean {
  if (metadata.options?.discriminator) return false;
  const type = likelyType(metadata, property);
  const isClass = type === undefined || typeof type === 'function';
  return isClass && !isKindOf(type, Map) && !isKindOf(metadata.reflectedType, Map);
}

function collectionOf({ reflectedType }: TypeMetadata): Constructor | undefined {
  return NO_COLLECTIONS.has(reflectedType) ? undefined : (reflectedType as Constructor);
}
