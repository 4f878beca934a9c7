/**
 * An expression that has nothing where a part of the key has nothing: `[headers."x-user", headers."idempotency-key"]` of
 * callers who are not known would otherwise be the same, and one would be given another's result.
 */
export function wholeKeyExpression(expression: string): string {
  const start = expression.trimStart()[0];
  if (start === '[') return `[${expression}] | [?${hasAll('@')}] | [0]`;
  return start === '{' ? `[${expression}] | [?${hasAll('values(@)')}] | [0]` : expression;
}

/** A projection leaves out what is null by itself. */
function hasAll(parts: string): string {
  return `length(${parts}[?@ != '']) == length(${parts})`;
}

/** The same of a key that a function gives. */
export function wholeKey(key: unknown): unknown {
  if (Array.isArray(key)) return key.some((part) => part === undefined || part === null || part === '') ? undefined : key;
  const isRecord = typeof key === 'object' && key !== null;
  // `null` may be a member of a body that is the key as a whole.
  return isRecord && Object.values(key).includes(undefined) ? undefined : key;
}
