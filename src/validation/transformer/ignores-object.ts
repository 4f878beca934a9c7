import type { TypeMetadata } from './transformer-maps.js';

/**
 * Whether the function passed to `@Type` cannot look at the object: its text has neither a parameter nor `arguments`.
 */
export function ignoresObject({ typeFunction }: TypeMetadata): boolean {
  return (
    typeFunction === undefined ||
    /^(?:\(\s*\)\s*=>|function\s*\(\s*\)\s*\{(?!.*\barguments\b))/s.test(String(typeFunction))
  );
}
