import { brand } from '../shared/brand.js';
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

/** 422: the input was read but breaks the rules; `detail` lists every broken rule. */
export class ValidationException extends UnprocessableEntityException {
  declare readonly detail: ValidationDetail[];

  constructor(detail: ValidationDetail[]) {
    super(detail);
  }
}
brand(ValidationException, 'ValidationException');
