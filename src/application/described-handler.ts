import type { ApplicationDescription } from '../contracts/application-description.js';

const DESCRIBE = Symbol.for('lambent.describe');

/** Lets a handler, which is exported alone, tell the command line what its application is made of. */
export function describedBy<H extends object>(handler: H, describe: () => ApplicationDescription): H {
  return Object.defineProperty(handler, DESCRIBE, { value: describe });
}

/** `undefined` for a handler that is none of an application, or is wrapped. */
export function descriptionOf(handler: object): ApplicationDescription | undefined {
  return (handler as { readonly [DESCRIBE]?: () => ApplicationDescription })[DESCRIBE]?.();
}
