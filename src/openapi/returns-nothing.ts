/**
 * Whether a method gives nothing, whatever happens in it: that is answered with 204. Of `Promise<void>` TypeScript emits no
 * more than of any promise, so that the code has to tell: a method without a `return` of a value has nothing to give.
 * `false` where that can't be seen, as of generators, and of functions that a decorator has put in the method's place.
 */
export function returnsNothing(method: unknown): boolean {
  if (typeof method !== 'function' || /Generator/.test(Object.prototype.toString.call(method))) return false;
  const code = Function.prototype.toString.call(method);
  return !ARROW.test(code) && !code.includes('[native code]') && !VALUE.test(code.replace(COMMENT, ''));
}

/** It may give a value without the word. */
const ARROW = /^(?:async\b\s*)?(?:\(|[\w$]+\s*=>)/;

/** At the beginning of a line, where no text begins that may hold its signs; a bundler leaves them out. */
const COMMENT = /^\s*(?:\/\/.*|\/\*[^]*?\*\/)/gm;

/** Anything behind `return` in its line but what is answered as nothing. */
const VALUE = /\breturn\b(?![ \t]*(?:;|\}|\r?\n|$|(?:null|undefined|void 0)[ \t]*(?:;|\}|\r?\n|$)))/;
