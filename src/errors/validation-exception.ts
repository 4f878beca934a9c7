import { brand } from '../shared/brand.js';
import {
  MAX_DETAIL_KEY,
  MAX_DETAIL_MESSAGE,
  MAX_DETAILS,
  MAX_DETAILS_LENGTH,
  shortened,
} from '../shared/input-limits.js';
import { UnprocessableEntityException } from './exceptions.js';

/** One thing that is wrong with the input. */
export interface ValidationDetail {
  /** Where: `body`, `query`, `path`, `header` or `cookie`, then the keys and indices down to the value. */
  loc: (string | number)[];
  /** What is wrong, for people. */
  msg: string;
  /** The rule that was broken, for programs: `isEmail`, `parse`, `required`. */
  type: string;
  /** The rule's option `context`, where it has one. */
  context?: object;
}

/**
 * 422: the input was read but breaks the rules; `detail` lists the broken rules, the first 1,000 of them, with keys and
 * messages that are cut where they are long: an answer has to fit into what a gateway takes.
 */
export class ValidationException extends UnprocessableEntityException {
  declare readonly detail: ValidationDetail[];

  constructor(detail: ValidationDetail[]) {
    super(boundedDetails(detail));
  }
}
brand(ValidationException, 'ValidationException');

/** Deeper than this is no input that is read. */
const MAX_KEYS = 100;

/** The details as they are, or as many as an answer can hold, with keys and messages that may be cut. */
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

/** At least one, whatever it is: an answer without any would say that nothing is wrong. */
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

/** What was checked, and where it stood: a rule's message may repeat a part of it. */
export interface CheckedInput {
  /** As in the details about it. */
  readonly loc: readonly (string | number)[];
  readonly value: unknown;
}

/** Gives what it is constructed with, for a class that adds private members to objects that are there. */
const Given = function (given: object) {
  return given;
} as unknown as new (given: object) => object;

/**
 * A private member of the list: neither `util.inspect` nor JSON nor a filter sees a secret there. A WeakMap would make
 * each garbage collection look through its entries, which doubled the price of a 422.
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

/** Notes what a list of details is about, for those who must not repeat it, and gives the list. */
export function noteInputs(details: ValidationDetail[], ...checked: CheckedInput[]): ValidationDetail[] {
  Noted.note(details, checked);
  return details;
}

/** What a list of details is about, as far as it was noted. */
export function inputsOf(details: readonly ValidationDetail[]): readonly CheckedInput[] {
  return Noted.inputsOf(details);
}
