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
