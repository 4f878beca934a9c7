import type { Constructor } from './types.js';

/** Returns a class and its ancestors, the class first; nothing for any other value. */
export function lineage(type: unknown): Constructor[] {
  return typeof type === 'function' ? (prototypeChain(type, Function.prototype) as Constructor[]) : [];
}

/** Returns the class that a class extends. */
export function parentOf(type: object): Constructor | undefined {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype ? (parent as Constructor) : undefined;
}

/** Returns an object and its prototypes, the object first. `end` is not in it, nor what is above that. */
function prototypeChain(start: object, end: object): object[] {
  const chain: object[] = [];
  for (let at: object | null = start; at && at !== end; at = Object.getPrototypeOf(at) as object | null) chain.push(at);
  return chain;
}

/**
 * Returns the names of the methods of a class and its parents, the class's own first. Reads no accessors, which may
 * throw without an instance.
 */
export function methodNames(prototype: object): (string | symbol)[] {
  const found = new Map<string | symbol, boolean>();
  for (const at of prototypeChain(prototype, Object.prototype))
    for (const key of Reflect.ownKeys(at)) if (!found.has(key)) found.set(key, methodOf(at, key) !== undefined);
  found.set('constructor', false);
  return [...found].flatMap(([key, isMethod]) => (isMethod ? [key] : []));
}

/** Returns a method of a class or of a parent. */
export function methodOf(prototype: object, key: string | symbol): Function | undefined {
  const chain = prototypeChain(prototype, Object.prototype);
  const [descriptor] = chain.flatMap((at) => Object.getOwnPropertyDescriptor(at, key) ?? []);
  const value: unknown = descriptor?.value;
  return typeof value === 'function' ? value : undefined;
}

/** Names a method of a class in messages, as in `OrdersController.get`. */
export function methodName(type: { readonly name: string }, key: string | symbol): string {
  return `${type.name}.${String(key)}`;
}
