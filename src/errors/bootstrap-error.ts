import { brand } from '../shared/brand.js';

/** A mistake in how the application is put together, found at bootstrap; the message says what to change. */
export class BootstrapError extends Error {
  override readonly name = 'BootstrapError';
}
brand(BootstrapError, 'BootstrapError');

/**
 * The error for `undefined` or `null` where a class, an instance or a token is meant.
 *
 * @param place Where it stands, as in `providers[0] of AppModule`.
 */
export function notThere(place: string, value: undefined | null): BootstrapError {
  return new BootstrapError(`${place} is ${String(value)}. ${NOT_THERE_BECAUSE}`);
}

export const NOT_THERE_BECAUSE =
  'Two files that import each other do that: move what both need into a third. Or the name is not exported where it is imported from.';
