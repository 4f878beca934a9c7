/**
 * Returns the text of a comparable value, by which it is looked up: different values have different texts.
 *
 * Unlike JSON, it tells `undefined` from `null`, and a missing member from one that is `undefined`.
 */
export function keyText(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, keyText).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${keyText(member)}`)
      .join()}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
