import { plainToInstance } from 'class-transformer';
import { asHttpException } from '../errors/as-http-exception.js';
import { type ValidationDetail, ValidationException } from '../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import { NO_COLLECTIONS } from './compiled/build-plan.js';
import type { Loc } from './input-reader.js';
import { copyMembers, isPlainObject } from './plain-input.js';
import { hasRules } from './property-rules.js';
import type { TypeMetadata } from './transformer-maps.js';
import { looksAtNothing, namedType, propertyExposedAs, typeMetadata } from './transformer-store.js';

/**
 * The error to throw where building threw: 422 for a value that class-transformer could not convert by its `@Type`.
 * When no conversion is to blame, a `@Transform` or a constructor of the program is, and the error is its own.
 *
 * @throws BadRequestException when the input is nested more than 64 levels deep.
 */
export function buildingError(error: unknown, type: Constructor, value: object, loc: Loc): unknown {
  // A `@Transform` of the program has refused the value in its own words.
  if (asHttpException(error)) return error;
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
    const here = [...loc, key];
    if (isReadOnly(type, property)) return here;
    const metadata = typeMetadata(type, property);
    const failure = metadata && inMember(metadata, { value, input, property }, here);
    if (failure) return failure;
  }
  return undefined;
}

/** Whether it has a getter alone, from a class above: class-transformer, which looks at the class itself, writes it. */
function isReadOnly(type: Constructor, property: string): boolean {
  let prototype = type.prototype as object | null;
  while (prototype && !Object.hasOwn(prototype, property)) prototype = Object.getPrototypeOf(prototype) as object | null;
  const accessor = prototype && Object.getOwnPropertyDescriptor(prototype, property);
  return accessor?.get !== undefined && accessor.set === undefined && prototype !== type.prototype;
}

interface Member {
  readonly value: unknown;
  readonly input: PlainObject;
  readonly property: string;
}

/** A function given to `@Type` that looks for a kind where what came in has none could not convert it; one that fails whatever comes is wrong itself. */
function inMember(metadata: TypeMetadata, { value, input, property }: Member, loc: Loc): Loc | undefined {
  try {
    const named = metadata.typeFunction ? namedType(metadata, input, property) : metadata.reflectedType;
    return inValue(metadata, { value, named }, loc);
  } catch (error) {
    if (asHttpException(error) || looksAtNothing(metadata)) throw error;
    return loc;
  }
}

interface TypedValue {
  readonly value: unknown;
  readonly named: unknown;
}

function inValue(metadata: TypeMetadata, typed: TypedValue, loc: Loc): Loc | undefined {
  const { value, named } = typed;
  if (Array.isArray(value)) {
    if (!makesCollection(metadata)) return loc;
    for (const [index, item] of value.entries()) {
      const failure = inItem(metadata, { value: item, named }, [...loc, index]);
      if (failure) return failure;
    }
    return undefined;
  }
  const type = typeOf(metadata, value, named) as Constructor | undefined;
  if (type === undefined) return undefined;
  if (!converts(type, value)) return loc;
  return isPlainObject(value) && !VALUES.has(type) ? inMembers(type, value, loc) : undefined;
}

/** The library makes one of the declared type for a list, whatever that is: of `URL` there is none without arguments. */
function makesCollection({ reflectedType }: TypeMetadata): boolean {
  if (NO_COLLECTIONS.has(reflectedType) || !isBuiltIn(reflectedType)) return true;
  try {
    Reflect.construct(reflectedType as Constructor, []);
    return true;
  } catch {
    return false;
  }
}

/** What throws when it is constructed is no mistake of the program where it is none of its classes. */
function isBuiltIn(type: unknown): boolean {
  return typeof type === 'function' && (globalThis as Readonly<Record<string, unknown>>)[type.name] === type;
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
