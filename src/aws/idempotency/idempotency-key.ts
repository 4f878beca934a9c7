import { BootstrapError } from '../../errors/bootstrap-error.js';
import { lacksPart } from '../../errors/comparable-key.js';
import { keyParts } from './key-parts.js';

/**
 * Checks the JMESPath expressions of a method, as far as they show a mistake. Every missing part of a key has to be
 * found: callers who lack one would share the key, and receive each other's results.
 *
 * @param expressions Functions among them are not checked.
 * @param where Where they are, for messages.
 * @throws BootstrapError for a key that hides missing parts, and for a hyphen outside of quotes.
 */
export function checkExpressions(
  expressions: { readonly key: unknown; readonly payload: unknown },
  where: string,
): void {
  for (const [name, expression] of Object.entries(expressions)) {
    if (typeof expression !== 'string') continue;
    const { hidden, hyphen } = keyParts(expression);
    if (hyphen) throw new BootstrapError(`${where}: the ${name} ${expression} ${NO_HYPHENS}`);
    if (hidden !== undefined && name === 'key')
      throw new BootstrapError(`${where}: the key ${expression} ${hidden}, ${NOTHING_HIDDEN}`);
  }
}

const NO_HYPHENS =
  'has a hyphen outside of quotes, which JMESPath does not know: write names with a hyphen in quotes, as in ' +
  'headers."idempotency-key".';
const NOTHING_HIDDEN =
  'which hides a missing part, so that callers without it would share one key. Make a list of all parts the key: ' +
  '[headers.authorization, body.id], or use a function.';

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
  return `[${expression}] | [?@${keyParts(expression).selected ? ` && (${IS_WHOLE})` : ''}]`;
}

/** Changes a JMESPath expression so that it always selects something. Powertools fails to hash what is undefined. */
export function payloadExpression(expression: string): string {
  return `[${expression}]`;
}

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
