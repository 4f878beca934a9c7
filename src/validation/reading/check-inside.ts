import { MAX_DETAILS } from '../../shared/input-limits.js';
import { isSkipped } from '../skipped-values.js';
import type { CheckingOptions } from '../validation-options.js';
import { libraries } from './libraries.js';
import type { ValidationDetails } from './validation-details.js';
import {
  type Collection,
  isCollection,
  isSingleObject,
  itemName,
  itemsOf,
  misfitMessage,
  OBJECT,
} from './value-shape.js';

/** The rule `@ValidateNested` of one property. */
export interface NestedRule {
  readonly property: string;
  readonly options: CheckingOptions;
  /** Adds the broken rule, about the property of an object or, without a name, about the object itself. */
  tell(found: ValidationDetails, depth: number, property: string | undefined, value: unknown): void;
}

/** Checks the inside of a set, a map, or an object of any class. */
export function checkInside(rule: NestedRule, value: object, found: ValidationDetails, depth: number): void {
  if (isCollection(value)) checkItems(rule, value, found, depth);
  else checkAny(rule.options, value, found, depth);
}

/**
 * Checks an item of a list. The item may be a list too: compilers emit the same type for `Point[][]` as for `Point[]`.
 */
export function checkItem(rule: NestedRule, item: unknown, found: ValidationDetails, depth: number): void {
  const { options } = rule;
  if (isSkipped(options, item)) return;
  if (isCollection(item)) return checkItems(rule, item, found, depth);
  const fits = isSingleObject(item);
  if (fits && item instanceof Object) return checkAny(options, item, found, depth);
  found.wrong++;
  if (item !== undefined && !(item instanceof Object)) rule.tell(found, depth, undefined, item);
  if (!fits) found.misfit(depth, undefined, misfitMessage(itemName(rule.property), OBJECT.noun), OBJECT.rule);
  if (typeof item === 'function') checkAny(options, item, found, depth);
}

function checkItems(rule: NestedRule, values: Collection, found: ValidationDetails, depth: number): void {
  const before = found.wrong;
  for (const [key, item] of itemsOf(values)) {
    found.path[depth] = key;
    checkItem(rule, item, found, depth + 1);
    if (found.wrong - before >= MAX_DETAILS) break;
  }
}

/** Checks an object by the rules of its own class. */
export function checkAny(options: CheckingOptions, object: object, found: ValidationDetails, depth: number): void {
  const type: unknown = object.constructor;
  if (typeof type !== 'function' || type === Object) unknownClass(object, found, depth);
  else libraries().checkAny(options)(object, found, depth);
}

/** Reports an object whose class has no rules. */
export function unknownClass(_object: object, found: ValidationDetails, depth: number): void {
  found.wrong++;
  found.add(depth, undefined, undefined, 'unknownValue');
}
