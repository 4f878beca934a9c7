import type { Constructor } from './types.js';

/** Returns a class and its ancestors, the class first; nothing for any other value. */
export function lineage(type: unknown): Constructor[] {
  const classes: Constructor[] = [];
  for (let one = type; typeof one === 'function' && one !== Function.prototype; one = Object.getPrototypeOf(one))
    classes.push(one as Constructor);
  return classes;
}
