import type { ApplicationDescription } from '../contracts/application-description.js';

const DESCRIBE = Symbol.for('lambent.describe');

/** Attaches the description of its application to a handler, which is exported alone: the command line reads it. */
export function describedBy<H extends object>(handler: H, describe: () => ApplicationDescription): H {
  return Object.defineProperty(handler, DESCRIBE, { value: describe });
}

/** Returns the description of a handler's application; `undefined` for wrapped and for other handlers. */
export function descriptionOf(handler: object): ApplicationDescription | undefined {
  return (handler as { readonly [DESCRIBE]?: () => ApplicationDescription })[DESCRIBE]?.();
}
