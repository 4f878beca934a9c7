import type { Constructor } from './types.js';

/** Returns a class and its ancestors, the class first; nothing for any other value. */
export function lineage(type: unknown): Constructor[] {
  return typeof type === 'function' ? (prototypeChain(type, Function.prototype) as Constructor[]) : [];
}

/** Returns an object and its prototypes, the object first. `end` is not in it, nor what is above that. */
export function prototypeChain(start: object, end: object): object[] {
  const chain: object[] = [];
  for (let at: object | null = start; at && at !== end; at = Object.getPrototypeOf(at) as object | null) chain.push(at);
  return chain;
}
