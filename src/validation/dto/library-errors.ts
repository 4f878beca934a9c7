import { plainToInstance } from 'class-transformer';
import type { ValidationArguments } from 'class-validator';
import { asHttpException } from '../../errors/http-exception.js';
import { noteInputs, type ValidationDetail, ValidationException } from '../../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { constraintDetails } from '../error-details.js';
import type { Loc } from '../input-reader.js';
import { copyMembers, isPlainObject } from '../plain-input.js';
import type { TypeMetadata } from '../transformer/transformer-maps.js';
import {
  looksAtNothing,
  namedType,
  NO_COLLECTIONS,
  propertyExposedAs,
  typeMetadata,
} from '../transformer/transformer-metadata.js';
import { type CheckingOptions, isSkipped } from '../validation-options.js';
import { hasRules, type PropertyRules, propertyRules } from './property-rules.js';
import { isStateless, type Rule, ruleMessage, ruleName, rulesOf } from './rule.js';
import { isCollection, isSingleObject, itemsOf } from './shape.js';

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
  const failure = failureInMembers(type, input, loc);
  return failure && { loc: [...failure], msg: `${failure.at(-1)} could not be converted`, type: 'conversion' };
}

function failureInMembers(type: Constructor, input: PlainObject, loc: Loc): Loc | undefined {
  for (const [key, value] of Object.entries(input)) {
    const property = propertyExposedAs(type, key) ?? key;
    const here = [...loc, key];
    if (isReadOnly(type, property)) return here;
    const metadata = typeMetadata(type, property);
    const failure = metadata && failureInMember(metadata, { value, input, property }, here);
    if (failure) return failure;
  }
  return undefined;
}

/** Whether it has a getter alone, from a class above: class-transformer, which looks at the class itself, writes it. */
function isReadOnly(type: Constructor, property: string): boolean {
  let prototype = type.prototype as object | null;
  while (prototype && !Object.hasOwn(prototype, property))
    prototype = Object.getPrototypeOf(prototype) as object | null;
  const accessor = prototype && Object.getOwnPropertyDescriptor(prototype, property);
  return accessor?.get !== undefined && accessor.set === undefined && prototype !== type.prototype;
}

interface Member {
  readonly value: unknown;
  readonly input: PlainObject;
  readonly property: string;
}

/**
 * A function given to `@Type` that looks for a kind where what came in has none could not convert it; one that fails
 * whatever comes is wrong itself.
 */
function failureInMember(metadata: TypeMetadata, { value, input, property }: Member, loc: Loc): Loc | undefined {
  try {
    const named = metadata.typeFunction ? namedType(metadata, input, property) : metadata.reflectedType;
    return failureInValue(metadata, { value, named }, loc);
  } catch (error) {
    if (asHttpException(error) || looksAtNothing(metadata)) throw error;
    return loc;
  }
}

interface TypedValue {
  readonly value: unknown;
  readonly named: unknown;
}

function failureInValue(metadata: TypeMetadata, typed: TypedValue, loc: Loc): Loc | undefined {
  const { value, named } = typed;
  if (Array.isArray(value)) {
    if (!makesCollection(metadata)) return loc;
    for (const [index, item] of value.entries()) {
      const failure = failureInItem(metadata, { value: item, named }, [...loc, index]);
      if (failure) return failure;
    }
    return undefined;
  }
  const type = typeOf(metadata, value, named) as Constructor | undefined;
  if (type === undefined) return undefined;
  if (!converts(type, value)) return loc;
  return isPlainObject(value) && !VALUES.has(type) ? failureInMembers(type, value, loc) : undefined;
}

/**
 * The library makes one of the declared type for a list, whatever that is: of `URL` there is none without arguments.
 */
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
function failureInItem(metadata: TypeMetadata, item: TypedValue, loc: Loc): Loc | undefined {
  const missing = item.value === null || item.value === undefined;
  if (missing && metadata.options?.discriminator) return loc;
  return failureInValue(metadata, item, loc);
}

function typeOf({ options }: TypeMetadata, value: unknown, named: unknown): unknown {
  const { property, subTypes } = options?.discriminator ?? {};
  if (property === undefined || !isPlainObject(value)) return named;
  return subTypes?.find((subType) => subType.name === value[property])?.value ?? named;
}

const VALUES: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Buffer]);

/**
 * Tries the conversion alone; of a class with members only whether it can be constructed, unless that is the program's
 * own DTO.
 */
function converts(type: Constructor, value: unknown): boolean {
  if (isPlainObject(value) && !VALUES.has(type) && hasRules(type)) return true;
  try {
    plainToInstance(type, isPlainObject(value) && !VALUES.has(type) ? {} : value);
    return true;
  } catch {
    return false;
  }
}

/**
 * class-validator's rules that throw on some input: validator.js counts bytes with `encodeURI`, which half of a
 * surrogate pair makes throw, and `maxDecimalPlaces` looks for the point in `1e-7`.
 */
const THROWING: ReadonlySet<string> = new Set(['isByteLength', 'isEmail', 'isNumber']);

/**
 * The error to throw where checking threw: 422 for the values on which a rule of class-validator's own throws.
 * When there are none, a rule or a condition of the program is to blame, and the error is its own.
 */
export function checkingError(error: unknown, instance: object, loc: Loc, options: CheckingOptions): unknown {
  const details = brokenInObject(instance, loc, options);
  return details.length > 0 ? new ValidationException(noteInputs(details, { loc, value: instance })) : error;
}

function brokenInObject(object: object, loc: Loc, options: CheckingOptions): ValidationDetail[] {
  if (typeof object.constructor !== 'function') return [];
  return propertyRules(object.constructor as Constructor, options).flatMap((property) => {
    const value = (object as PlainObject)[property.name];
    if (isSkipped(options, value) || !property.conditions.every((condition) => condition(object, value))) return [];
    const here = [...loc, property.name];
    return [
      ...brokenInProperty(property, object, here),
      ...(property.nested ? brokenInNested(value, here, options) : []),
    ];
  });
}

function brokenInNested(value: unknown, loc: Loc, options: CheckingOptions): ValidationDetail[] {
  if (isCollection(value)) return itemsOf(value).flatMap(([key, item]) => brokenInNested(item, [...loc, key], options));
  return isSingleObject(value) ? brokenInObject(value, loc, options) : [];
}

function brokenInProperty({ name, metadata }: PropertyRules, object: object, loc: Loc): ValidationDetail[] {
  const value = (object as PlainObject)[name];
  return metadata.flatMap(rulesOf).flatMap((rule) => {
    const args = {
      targetName: object.constructor.name,
      property: name,
      object,
      value,
      constraints: rule.metadata.constraints,
    };
    return throws(rule, args)
      ? constraintDetails({ constraints: { [ruleName(rule)]: ruleMessage(rule, args) } }, loc)
      : [];
  });
}

function throws({ metadata, constraint }: Rule, args: ValidationArguments): boolean {
  if (!isStateless(constraint!) || !THROWING.has(constraint!.name)) return false;
  if (metadata.validateIf && !metadata.validateIf(args.object, args.value)) return false;
  const values = metadata.each && isCollection(args.value) ? itemsOf(args.value).map(([, item]) => item) : [args.value];
  try {
    for (const value of values) constraint!.instance.validate(value, args);
    return false;
  } catch {
    return true;
  }
}
