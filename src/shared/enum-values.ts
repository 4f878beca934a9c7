/**
 * Returns the values of a TypeScript enum, without the entries that map each number of a numeric enum back to its name.
 * A list is returned as it is.
 */
export function enumValues(values: unknown): readonly unknown[] {
  if (Array.isArray(values)) return values;
  const members = Object(values) as Readonly<Record<PropertyKey, unknown>>;
  return Object.keys(members)
    .map((name) => members[name])
    .filter((value) => typeof members[value as PropertyKey] !== 'number');
}
