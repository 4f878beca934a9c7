import { brand } from '../shared/brand.js';
import { boundedDetails } from './bounded-details.js';
import { UnprocessableEntityException } from './exceptions.js';
import type { ValidationDetail } from './validation-detail.js';

export type { ValidationDetail } from './validation-detail.js';

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
