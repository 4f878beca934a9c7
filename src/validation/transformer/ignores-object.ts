import type { TypeMetadata } from './transformer-maps.js';

/**
 * Whether the function passed to `@Type` cannot look at the object: its text has neither a parameter nor `arguments`.
 */
export function ignoresObject({ typeFunction }: TypeMetadata): boolean {
  if (typeFunction === undefined) return true;
  const text = String(typeFunction);
  // An arrow function, whose text takes less time than it takes V8 to compile the expression.
  return text.startsWith('()') || /^(?:\(\s*\)\s*=>|function\s*\(\s*\)\s*\{(?!.*\barguments\b))/s.test(text);
}
