import { brand } from '../shared/brand.js';

/** A mistake in the setup of the application, found at bootstrap. The message says what to change. */
export class BootstrapError extends Error {
  override readonly name = 'BootstrapError';
}
brand(BootstrapError, 'BootstrapError');

/**
 * Makes the error for `undefined` or `null` instead of a class, an instance or a token.
 *
 * @param place As in `providers[0] of AppModule`.
 * @param fix What to do about files that import each other.
 */
export function notThere(place: string, value: undefined | null, fix?: string): BootstrapError {
  return new BootstrapError(`${place} is ${String(value)}. ${notThereBecause(fix)}`);
}

function notThereBecause(fix = 'move what both need into a third'): string {
  return `Two files that import each other cause this: ${fix}. Or its file does not export it.`;
}

export const NOT_THERE_BECAUSE: string = notThereBecause();
