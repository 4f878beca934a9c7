import { methodNames } from '../shared/class-methods.js';
import type { Token } from '../shared/token.js';

/**
 * Returns a mock of a class: an instance that was not constructed, whose methods do nothing and return `undefined`.
 * Returns `undefined` for other tokens, which do not say what they stand for.
 *
 * The methods are properties of the mock, so that a test can replace them, or spy on them with any library.
 */
export function autoMock(token: Token): unknown {
  if (typeof token !== 'function') return undefined;
  const mock = Object.create(token.prototype as object) as object;
  for (const key of methodNames(token.prototype as object)) {
    Object.defineProperty(mock, key, { value: method(), writable: true, configurable: true, enumerable: true });
  }
  return mock;
}

/** A function of its own for each method, because tests may compare them. */
function method(): () => undefined {
  return () => undefined;
}
