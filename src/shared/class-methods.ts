/**
 * Returns the names of the methods of a class and its parents, the class's own first. Reads no accessors, which may
 * throw without an instance.
 */
export function methodNames(prototype: object): (string | symbol)[] {
  const found = new Map<string | symbol, boolean>();
  for (const at of classesFrom(prototype))
    for (const key of Reflect.ownKeys(at)) if (!found.has(key)) found.set(key, methodOf(at, key) !== undefined);
  found.set('constructor', false);
  return [...found].flatMap(([key, isMethod]) => (isMethod ? [key] : []));
}

/** Returns a method of a class or of a parent. */
export function methodOf(prototype: object, key: string | symbol): Function | undefined {
  const owner = classesFrom(prototype).find((at) => Object.hasOwn(at, key));
  const value: unknown = owner && Object.getOwnPropertyDescriptor(owner, key)?.value;
  return typeof value === 'function' ? value : undefined;
}

/** The prototypes of a class and its parents, without that of `Object`. */
function classesFrom(prototype: object): object[] {
  const found: object[] = [];
  let at: object | null = prototype;
  for (; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) found.push(at);
  return found;
}
