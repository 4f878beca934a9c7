import { brand } from '../shared/brand.js';

/** A mistake in the setup of the application, found at bootstrap. The message says what to change. */
export class BootstrapError extends Error {
  override readonly name = 'BootstrapError';
}
brand(BootstrapError, 'BootstrapError');

/**
 * Makes the error for `undefined` or `null` in the place of a class, an instance or a token.
 *
 * @param place As in `providers[0] of AppModule`.
 */
export function notThere(place: string, value: undefined | null): BootstrapError {
  return new BootstrapError(`${place} is ${String(value)}. ${NOT_THERE_BECAUSE}`);
}

export const NOT_THERE_BECAUSE =
  'Two files that import each other do that: move what both need into a third. ' +
  'Or the name is not exported where it is imported from.';
