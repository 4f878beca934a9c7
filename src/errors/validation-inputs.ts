import type { ValidationDetail } from './validation-detail.js';

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
