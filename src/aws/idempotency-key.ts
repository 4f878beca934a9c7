/**
 * An expression that has nothing where a part of the key has nothing: `[headers."x-user", headers."idempotency-key"]` of
 * callers who are not known would otherwise be the same, and one would be given another's result. What names a single
 * thing, a whole body say, may have anything in it.
 */
export function wholeKeyExpression(expression: string): string {
  return SELECTS.test(expression) ? `[${expression}] | [?${IS_WHOLE}] | [0]` : expression;
}

/** A list or a record of parts, also of something: `headers.[authorization, "idempotency-key"]`. No index, slice or filter. */
const SELECTS = /(?:^|[.|])\s*(?:\{|\[(?!\s*[\d*?\]:-]))/;
const IS_WHOLE = `type(@) == 'array' && ${hasAll('@')} || type(@) == 'object' && ${hasAll('values(@)')} || type(@) != 'array' && type(@) != 'object'`;

/** A projection leaves out what is null by itself. */
function hasAll(parts: string): string {
  return `length(${parts}[?@ != '']) == length(${parts})`;
}

/**
 * The same of a key that a function gives: nothing that is missing, at any depth, and no part that is `null` or empty.
 *
 * @param isBody Whether it is the whole body, which may have anything for a member.
 */
export function wholeKey(key: unknown, isBody: (key: unknown) => boolean): unknown {
  if (typeof key !== 'object' || key === null) return key;
  const lacks = Object.values(key).some((part) => part === null || part === '' || hasMissing(part));
  return lacks && !isBody(key) ? undefined : key;
}

function hasMissing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasMissing);
}
