import type { TypeMetadata } from './transformer-maps.js';

/**
 * Whether the function passed to `@Type` cannot look at the object: its text has neither a parameter nor `arguments`.
 */
export function ignoresObject({ typeFunction }: TypeMetadata): boolean {
  if (typeFunction === undefined) return true;
  const text = String(typeFunction);
  // As it is written, or minified. The expression takes V8 longer to compile than a start has to spare.
  if (text.startsWith('() =>') || text.startsWith('()=>')) return true;
  return /^(?:\(\s*\)\s*=>|function\s*\(\s*\)\s*\{(?!.*\barguments\b))/s.test(text);
}
