import { lacksPart } from '../../errors/comparable-key.js';

/**
 * Changes a JMESPath expression so that it selects a list with the key, and an empty list if the key is missing, empty,
 * or lacks one of its parts.
 *
 * Without a rule for parts, all callers without a user would share the key
 * `[headers."x-user", headers."idempotency-key"]`, and one would receive another's result. An expression that selects a
 * single value, such as a whole body, may have any content. The key is in a list because Powertools takes
 * `{ quantity: 0 }` for a missing key.
 */
export function keyExpression(expression: string): string {
  return `[${expression}] | [?@${SELECTS_PARTS.test(expression) ? ` && (${IS_WHOLE})` : ''}]`;
}

/** Changes a JMESPath expression so that it always selects something. Powertools fails to hash what is undefined. */
export function payloadExpression(expression: string): string {
  return `[${expression}]`;
}

/**
 * Matches a list or a hash of parts anywhere in an expression, and nothing like an index, slice, filter or wildcard.
 * Brackets in quotes match, too: a needless rule refuses a key, a missing one gives results to others.
 */
const SELECTS_PARTS = /\{|\[(?!\s*(?:\]|\?|:|-?\d|\*\s*\]))/;
const IS_WHOLE = [
  `type(@) == 'array' && ${hasAll('@')}`,
  `type(@) == 'object' && ${hasAll('values(@)')}`,
  "type(@) != 'array' && type(@) != 'object'",
].join(' || ');

/** Returns an expression that is true when no part is empty or null. Projections drop nulls by themselves. */
function hasAll(parts: string): string {
  return `length(${parts}[?@ != '']) == length(${parts})`;
}

/**
 * Returns the key of a function, or `undefined` when it is incomplete: when it has a missing value at any depth, or a
 * part that is `null` or empty.
 *
 * @param isBody Whether the key is the whole body, which may have any members.
 */
export function wholeKey(key: unknown, isBody: (key: unknown) => boolean): unknown {
  if (typeof key !== 'object' || key === null) return key;
  return lacksPart(key) && !isBody(key) ? undefined : key;
}
