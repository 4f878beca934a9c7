import { BootstrapError } from '../errors/bootstrap-error.js';
import { tokenKey } from '../modules/token-key.js';
import { methodNames } from '../shared/class-methods.js';
import { isPromiseLike } from '../shared/promise.js';
import { describeToken, type Token } from '../shared/token.js';

/** The mocks of one test: one for each token. */
export class TokenMocks {
  readonly #values = new Map<unknown, unknown>();

  constructor(private readonly mocker: (token: Token) => unknown) {}

  /** @throws BootstrapError when the mock is a promise, which dependants would get instead of its value. */
  of(token: Token): unknown {
    const key = tokenKey(token);
    if (!this.#values.has(key)) this.#values.set(key, this.mocker(token));
    const mock = this.#values.get(key);
    if (!isPromiseLike(mock)) return mock;
    throw new BootstrapError(
      `The mock of ${describeToken(token)} is a promise: return a value from the function that useMocker takes.`,
    );
  }
}

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
