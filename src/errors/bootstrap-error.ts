import { brand } from '../shared/brand.js';

/** A mistake in how the application is put together, found at bootstrap; the message says what to change. */
export class BootstrapError extends Error {
  override readonly name = 'BootstrapError';
}
brand(BootstrapError, 'BootstrapError');
