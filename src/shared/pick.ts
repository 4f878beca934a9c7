/** Returns an object with some members of another one. */
export function pick<T extends object, Name extends keyof T>(object: T, ...names: readonly Name[]): Pick<T, Name> {
  const picked: Partial<T> = {};
  for (const name of names) picked[name] = object[name];
  return picked as Pick<T, Name>;
}
