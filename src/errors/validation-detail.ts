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
  #inputs: readonly CheckedInput[] | undefined;

  /** Notes the input that validation errors are about, so that the log can mask it, and returns the list. */
  static note(this: void, details: ValidationDetail[], ...checked: CheckedInput[]): ValidationDetail[] {
    (#inputs in details ? details : (new Noted(details) as Noted)).#inputs = checked;
    return details;
  }

  /** Returns the input noted by {@link noteInputs}. */
  static inputsOf(this: void, details: readonly ValidationDetail[]): readonly CheckedInput[] {
    return #inputs in details ? details.#inputs! : [];
  }
}

export const { note: noteInputs, inputsOf } = Noted;
