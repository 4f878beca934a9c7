import { plainToInstance } from 'class-transformer';
import { type ValidationDetail, ValidationException } from '../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import type { Loc } from './input-reader.js';
import { copyMembers, isPlainObject } from './plain-input.js';
import { hasRules } from './property-rules.js';
import type { TypeMetadata } from './transformer-maps.js';
import { namedType, propertyExposedAs, typeMetadata } from './transformer-store.js';

/**
 * The error to throw where building threw: 422 for a value that class-transformer could not convert by its `@Type`.
 * When no conversion is to blame, a `@Transform` or a constructor of the program is, and the error is its own.
 *
 * @throws BadRequestException when the input is nested more than 64 levels deep.
 */
export function buildingError(error: unknown, type: Constructor, value: object, loc: Loc): unknown {
  // A copy of its own: the library has removed discriminators from the first.
  const failure = conversionFailure(type, copyMembers(value), loc);
  return failure ? new ValidationException([failure]) : error;
}

function conversionFailure(type: Constructor, input: PlainObject, loc: Loc): ValidationDetail | undefined {
  const failure = inMembers(type, input, loc);
  return failure && { loc: [...failure], msg: `${failure.at(-1)} could not be converted`, type: 'conversion' };
}

function inMembers(type: Constructor, input: PlainObject, loc: Loc): Loc | undefined {
  for (const [key, value] of Object.entries(input)) {
    const property = propertyExposedAs(type, key) ?? key;
    const metadata = typeMetadata(type, property);
    const failure = metadata && inValue(metadata, { value, named: namedType(metadata, input, property) }, [...loc, key]);
    if (failure) return failure;
  }
  return undefined;
}

interface TypedValue {
  readonly value: unknown;
  readonly named: unknown;
}

function inValue(metadata: TypeMetadata, typed: TypedValue, loc: Loc): Loc | undefined {
  const { value, named } = typed;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const failure = inItem(metadata, { value: item, named }, [...loc, index]);
      if (failure) return failure;
    }
    return undefined;
  }
  const type = typeOf(metadata, value, named) as Constructor;
  if (!converts(type, value)) return loc;
  return isPlainObject(value) && !VALUES.has(type) ? inMembers(type, value, loc) : undefined;
}

/** The library reads an item's discriminator without asking whether the item is there. */
function inItem(metadata: TypeMetadata, item: TypedValue, loc: Loc): Loc | undefined {
  const missing = item.value === null || item.value === undefined;
  if (missing && metadata.options?.discriminator) return loc;
  return inValue(metadata, item, loc);
}

function typeOf({ options }: TypeMetadata, value: unknown, named: unknown): unknown {
  const { property, subTypes } = options?.discriminator ?? {};
  if (property === undefined || !isPlainObject(value)) return named;
  return subTypes?.find((subType) => subType.name === value[property])?.value ?? named;
}

const VALUES: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Buffer]);

/** Tries the conversion alone; of a class with members only whether it can be constructed, unless that is the program's own DTO. */
function converts(type: Constructor, value: unknown): boolean {
  if (isPlainObject(value) && !VALUES.has(type) && hasRules(type)) return true;
  try {
    plainToInstance(type, isPlainObject(value) && !VALUES.has(type) ? {} : value);
    return true;
  } catch {
    return false;
  }
}
