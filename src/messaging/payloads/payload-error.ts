import { brand } from '../../shared/brand.js';

/**
 * The payload of a message could not be read from its bucket, or must not be. The record fails, whatever the option
 * `batch.invalid` says: another attempt may succeed.
 */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}
brand(PayloadError, 'PayloadError');
