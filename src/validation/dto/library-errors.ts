import type { ValidationArguments } from 'class-validator';
import { asHttpException } from '../../errors/as-http-exception.js';
import { noteInputs, type ValidationDetail } from '../../errors/validation-detail.js';
import { ValidationException } from '../../errors/validation-exception.js';
import { isPlainObject } from '../../shared/plain-object.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import { copyMembers } from '../plain-input.js';
import { ruleName } from '../reading/asked-rule.js';
import { ruleMessage } from '../reading/rule-message.js';
import { isCollection, isSingleObject, itemsOf } from '../reading/value-shape.js';
import { isSkipped } from '../skipped-values.js';
import { ignoresObject } from '../transformer/ignores-object.js';
import { plainToInstance } from '../transformer/plain-to-instance.js';
import type { TypeMetadata } from '../transformer/transformer-maps.js';
import {
  namedType,
  NO_COLLECTIONS,
  propertyExposedAs,
  LIBRARY_SCALARS,
  typeMetadata,
} from '../transformer/transformer-metadata.js';
import type { CheckingOptions } from '../validation-options.js';
import { constraintDetails } from './library-details.js';
import {
  hasRules,
  isStateless,
  propertyRules,
  type PropertyRules,
  type Rule,
  rulesOf,
  showsScalars,
} from './property-rules.js';

/**
 * Returns the error to throw when building threw: 422 if class-transformer could not convert a value by its `@Type`. If
 * no conversion failed, a `@Transform` or a constructor of the application threw, and its own error is returned.
 *
 * @throws BadRequestException when the input is nested more than 64 levels deep.
 */
export function buildingError(error: unknown, type: Constructor, value: object, loc: Loc): unknown {
  // A `@Transform` of the application has refused the value with an error of its own.
  if (asHttpException(error)) return error;
  // A new copy: the library has removed the discriminators from the first one.
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

/**
 * Whether an ancestor defines the property with a getter only. class-transformer looks at the class alone, and writes
 * it.
 */
function isReadOnly(type: Constructor, property: string): boolean {
  let prototype: object | null = type.prototype;
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
 * A function passed to `@Type` that fails on a value without the expected kind could not convert it. A function that
 * ignores the object and fails is a bug of the application.
 */
function failureInMember(metadata: TypeMetadata, { value, input, property }: Member, loc: Loc): Loc | undefined {
  try {
    const named = metadata.typeFunction ? namedType(metadata, input, property) : metadata.reflectedType;
    return failureInValue(metadata, { value, named }, loc);
  } catch (error) {
    if (asHttpException(error) || ignoresObject(metadata)) throw error;
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
  return isPlainObject(value) && !LIBRARY_SCALARS.has(type) ? failureInMembers(type, value, loc) : undefined;
}

/** The library creates an instance of the declared type for a list. `URL`, for example, has none without arguments. */
function makesCollection({ reflectedType }: TypeMetadata): boolean {
  if (NO_COLLECTIONS.has(reflectedType) || !isBuiltIn(reflectedType)) return true;
  try {
    Reflect.construct(reflectedType as Constructor, []);
    return true;
  } catch {
    return false;
  }
}

/** Whether a type is built in. When a built-in constructor throws, the application is not to blame. */
function isBuiltIn(type: unknown): boolean {
  return typeof type === 'function' && (globalThis as Readonly<Record<string, unknown>>)[type.name] === type;
}

/** The library reads the discriminator of an item without checking that the item exists. */
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

/**
 * Tries the conversion by itself. A class with members is only constructed, and a DTO of the application not even that.
 */
function converts(type: Constructor, value: unknown): boolean {
  if (isPlainObject(value) && !LIBRARY_SCALARS.has(type) && hasRules(type)) return true;
  try {
    plainToInstance(type, isPlainObject(value) && !LIBRARY_SCALARS.has(type) ? {} : value);
    return true;
  } catch {
    return false;
  }
}

/**
 * The rules of class-validator that throw on some input: validator.js counts bytes with `encodeURI`, which throws on
 * half of a surrogate pair, and `maxDecimalPlaces` looks for a decimal point in `1e-7`.
 */
const THROWING: ReadonlySet<string> = new Set(['isByteLength', 'isEmail', 'isNumber']);

/**
 * Returns the error to throw when checking threw: 422 for values on which a rule of class-validator throws. If there
 * are none, a rule or a condition of the application threw, and its own error is returned.
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
      constraints: rule.metadata.constraints as unknown[],
    };
    return throws(rule, args)
      ? constraintDetails({ constraints: { [ruleName(rule)]: messageOf(rule, args) } }, loc)
      : [];
  });
}

function messageOf({ metadata, constraint }: Rule, args: ValidationArguments): string | undefined {
  return ruleMessage({ message: metadata.message, validator: constraint?.instance, scalars: showsScalars }, args);
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
