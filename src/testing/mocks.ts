import { BootstrapError } from '../errors/bootstrap-error.js';
import { tokenKey } from '../modules/token-key.js';
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
