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
