import { brand } from '../shared/brand.js';
import { boundedDetails } from './bounded-details.js';
import { UnprocessableEntityException } from './exceptions.js';
import type { ValidationDetail } from './validation-detail.js';

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
