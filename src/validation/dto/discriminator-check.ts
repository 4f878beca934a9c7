import type { ValidationDetail } from '../../errors/validation-detail.js';
import { MAX_DETAILS } from '../../shared/input-limits.js';
import { isPlainObject } from '../../shared/plain-object.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import { copyMembers } from '../plain-input.js';
import { itemName, misfitDetail, OBJECT } from '../reading/value-shape.js';
import { ignoresObject } from '../transformer/ignores-object.js';
import type { TypeMetadata } from '../transformer/transformer-maps.js';
import {
  decoratedProperties,
  exposedName,
  isBuiltByTransform,
  likelyType,
  namedType,
  typeMetadata,
} from '../transformer/transformer-metadata.js';

/** Finds discriminator values that name no class. */
export type DiscriminatorCheck = (input: PlainObject, loc: Loc) => ValidationDetail[];

/**
 * Creates the check for the input of a class; `undefined` if nothing in it has a discriminator.
 *
 * For an unknown value class-transformer creates an instance of the base class, so that only the base class's rules
 * would run.
 */
export function discriminatorCheck(type: Constructor): DiscriminatorCheck | undefined {
  return mayHave(type, new Set()) ? (input, loc) => inObject(type, input, loc, []) : undefined;
}

interface TypedProperty {
  readonly property: string;
  /** The name in the input. */
  readonly key: string;
  readonly metadata: TypeMetadata;
}

/** Leaves out properties that a `@Transform` builds, which decides about their values itself. */
function typedProperties(type: Constructor): TypedProperty[] {
  return [...new Set(decoratedProperties(type))].flatMap((property) => {
    const metadata = typeMetadata(type, property);
    if (!metadata || isBuiltByTransform(type, property)) return [];
    const key = exposedName(type, property) ?? property;
    // Input with such a name is never read.
    return key in Object.prototype ? [] : [{ property, key, metadata }];
  });
}

function mayHave(type: Constructor, seen: Set<Constructor>): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  return typedProperties(type).some(({ property, metadata }) => {
    if (metadata.options?.discriminator || !ignoresObject(metadata)) return true;
    const nested = likelyType(metadata, property);
    return typeof nested === 'function' && mayHave(nested as Constructor, seen);
  });
}

type Found = ValidationDetail[];

function inObject(type: Constructor, input: PlainObject, loc: Loc, found: Found): Found {
  for (const { property, key, metadata } of typedProperties(type)) {
    if (!Object.hasOwn(input, key)) continue;
    // The function may modify the object.
    const seen = ignoresObject(metadata) ? input : copyMembers(input, -Infinity);
    const named = metadata.typeFunction ? namedType(metadata, seen, property) : metadata.reflectedType;
    inMember({ metadata, named, property }, input[key], [...loc, key], found);
  }
  return found;
}

interface Member {
  readonly metadata: TypeMetadata;
  readonly named: unknown;
  readonly property: string;
}

function inMember(member: Member, value: unknown, loc: Loc, found: Found): void {
  if (!Array.isArray(value)) return inItem(member, value, loc, found);
  for (let index = 0; index < value.length && found.length < MAX_DETAILS; index++) {
    const [item, here] = [value[index] as unknown, [...loc, index]];
    if (!Array.isArray(item)) inItem(member, item, here, found);
    // From a list in a list the library builds instances of the base class, whatever the items name.
    else if (member.metadata.options?.discriminator) found.push(misfitDetail(OBJECT, itemName(member.property), here));
    else inMember(member, item, here, found);
  }
}

function inItem({ metadata, named }: Member, value: unknown, loc: Loc, found: Found): void {
  if (!isPlainObject(value)) return;
  const { property, subTypes = [] } = metadata.options?.discriminator ?? {};
  const kind = property !== undefined && Object.hasOwn(value, property) ? value[property] : undefined;
  const chosen = kind === undefined ? named : subTypes.find(({ name }) => name === kind)?.value;
  if (typeof chosen === 'function') inObject(chosen as Constructor, value, loc, found);
  else if (kind !== undefined) found.push(unknownKind(property!, subTypes, [...loc, property!]));
}

function unknownKind(property: string, subTypes: readonly { name: string }[], loc: Loc): ValidationDetail {
  const names = subTypes.map(({ name }) => name).join(', ');
  return { loc: [...loc], msg: `${property} must be one of the following values: ${names}`, type: 'discriminator' };
}
