import type { ValidationArguments } from 'class-validator';
import { type ValidationDetail, ValidationException } from '../errors/validation-exception.js';
import { noteInputs } from '../errors/validation-inputs.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import { isStateless, type Rule, ruleName, rulesOf } from './compiled/rule.js';
import { ruleMessage } from './compiled/rule-message.js';
import { constraintDetails } from './error-details.js';
import type { Loc } from './input-reader.js';
import { type PropertyRules, propertyRules } from './property-rules.js';
import { isCollection, isSingleObject, itemsOf } from './shape.js';
import { type CheckingOptions, isSkipped } from './validation-options.js';

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
  const details = inObject(instance, loc, options);
  return details.length > 0 ? new ValidationException(noteInputs(details, { loc, value: instance })) : error;
}

function inObject(object: object, loc: Loc, options: CheckingOptions): ValidationDetail[] {
  if (typeof object.constructor !== 'function') return [];
  return propertyRules(object.constructor as Constructor, options).flatMap((property) => {
    const value = (object as PlainObject)[property.name];
    if (isSkipped(options, value) || !property.conditions.every((condition) => condition(object, value))) return [];
    const here = [...loc, property.name];
    return [...inProperty(property, object, here), ...(property.nested ? inNested(value, here, options) : [])];
  });
}

function inNested(value: unknown, loc: Loc, options: CheckingOptions): ValidationDetail[] {
  if (isCollection(value)) return itemsOf(value).flatMap(([key, item]) => inNested(item, [...loc, key], options));
  return isSingleObject(value) ? inObject(value, loc, options) : [];
}

function inProperty({ name, metadata }: PropertyRules, object: object, loc: Loc): ValidationDetail[] {
  const value = (object as PlainObject)[name];
  return metadata.flatMap(rulesOf).flatMap((rule) => {
    const args = { targetName: object.constructor.name, property: name, object, value, constraints: rule.metadata.constraints };
    return throws(rule, args) ? constraintDetails({ constraints: { [ruleName(rule)]: ruleMessage(rule, args) } }, loc) : [];
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
