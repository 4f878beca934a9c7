import { brand } from '../shared/brand.js';
import {
  MAX_DETAIL_KEY,
  MAX_DETAIL_MESSAGE,
  MAX_DETAILS,
  MAX_DETAILS_LENGTH,
  shortened,
} from '../shared/input-limits.js';
import { UnprocessableEntityException } from './exceptions.js';

/** One validation error: a rule that the input breaks. */
export interface ValidationDetail {
  /** The place: `body`, `query`, `path`, `header` or `cookie`, then the keys and indexes down to the value. */
  loc: (string | number)[];
  /** The message, for people. */
  msg: string;
  /** The broken rule, for programs: `isEmail`, `parse`, `required`. */
  type: string;
  /** The option `context` of the rule, if it has one. */
  context?: object;
}

/**
 * 422: the input could be read, but breaks rules. `detail` lists the validation errors: at most 1,000, with long keys
 * and messages shortened, because gateways limit the size of a response.
 */
export class ValidationException extends UnprocessableEntityException {
  declare readonly detail: ValidationDetail[];

  constructor(detail: ValidationDetail[]) {
    super(boundedDetails(detail));
  }
}
brand(ValidationException, 'ValidationException');

/** No input that is read is nested deeper. */
const MAX_KEYS = 100;

/** Returns the details unchanged, or as many as a response can hold, with long keys and messages shortened. */
export function boundedDetails(details: ValidationDetail[]): ValidationDetail[] {
  return fit(details) ? details : noteInputs(cut(details), ...inputsOf(details));
}

function fit(details: readonly ValidationDetail[]): boolean {
  if (details.length > MAX_DETAILS) return false;
  let left = MAX_DETAILS_LENGTH;
  for (const detail of details) {
    left -= lengthOf(detail);
    if (left < 0 || isLong(detail)) return false;
  }
  return true;
}

function isLong({ loc, msg }: ValidationDetail): boolean {
  if (msg.length > MAX_DETAIL_MESSAGE || loc.length > MAX_KEYS) return true;
  for (const key of loc) if (typeof key === 'string' && key.length > MAX_DETAIL_KEY) return true;
  return false;
}

/** Keeps at least one, however long: an empty list would say that nothing is wrong. */
function cut(details: readonly ValidationDetail[]): ValidationDetail[] {
  const kept: ValidationDetail[] = [];
  let left = MAX_DETAILS_LENGTH;
  for (const detail of details) {
    const bounded = isLong(detail) ? shortenedDetail(detail) : detail;
    left -= lengthOf(bounded);
    if (kept.length === MAX_DETAILS || (left < 0 && kept.length > 0)) break;
    kept.push(bounded);
  }
  return kept;
}

function shortenedDetail(detail: ValidationDetail): ValidationDetail {
  const loc = detail.loc
    .slice(0, MAX_KEYS)
    .map((key) => (typeof key === 'string' ? shortened(key, MAX_DETAIL_KEY) : key));
  return { ...detail, loc, msg: shortened(detail.msg, MAX_DETAIL_MESSAGE) };
}

function lengthOf({ loc, msg, type }: ValidationDetail): number {
  let length = msg.length + type.length;
  for (const key of loc) length += typeof key === 'string' ? key.length : 6;
  return length;
}

/** Input that was checked, and its place. The message of a rule may repeat a part of it. */
export interface CheckedInput {
  /** As in the validation errors about it. */
  readonly loc: readonly (string | number)[];
  readonly value: unknown;
}

/** Returns its argument from the constructor, so that a class can add private members to an existing object. */
const Given = function (given: object) {
  return given;
} as unknown as new (given: object) => object;

/**
 * Holds the input in a private member of the list, where `util.inspect`, JSON and exception filters don't see a secret.
 * A WeakMap would do, too, but garbage collection goes through its entries, which doubled the cost of a 422.
 */
class Noted extends Given {
  #inputs: readonly CheckedInput[] = [];

  static note(details: object, inputs: readonly CheckedInput[]): void {
    (#inputs in details ? details : (new Noted(details) as Noted)).#inputs = inputs;
  }

  static inputsOf(details: object): readonly CheckedInput[] {
    return #inputs in details ? details.#inputs : [];
  }
}

/** Notes the input that validation errors are about, so that the log can mask it, and returns the list. */
export function noteInputs(details: ValidationDetail[], ...checked: CheckedInput[]): ValidationDetail[] {
  Noted.note(details, checked);
  return details;
}

/** Returns the input noted by {@link noteInputs}. */
export function inputsOf(details: readonly ValidationDetail[]): readonly CheckedInput[] {
  return Noted.inputsOf(details);
}
