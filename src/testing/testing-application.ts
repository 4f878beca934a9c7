import type { LambdaApplication, LambdaHandler } from '../application/lambda-application.js';
import type { Token } from '../shared/token.js';
import type { CapturedLogs, LogLine } from './captured-logs.js';
import { inject, type InjectRequest, type InjectResponse } from './inject.js';

/** A bootstrapped application under test. */
export class TestingApplication {
  readonly #captured: CapturedLogs;

  /** @internal */
  constructor(
    readonly app: LambdaApplication,
    captured: CapturedLogs,
  ) {
    this.#captured = captured;
  }

  /** The Lambda handler: `app.handler(events.sqs('orders', [{ id: 1 }]), fakeContext())`. */
  readonly handler: LambdaHandler = (event, context) => this.app.handler(event, context);

  /** Sends a request through the application as the event of one source. */
  inject(request: InjectRequest): Promise<InjectResponse> {
    return inject(this.app, request);
  }

  /**
   * Everything the application has logged so far, during bootstrap and events, oldest line first. You may change the
   * array: `app.logs.splice(0)` takes all lines out of it.
   *
   * @throws Error when the option `logger` is a `Logger` of your own.
   */
  get logs(): LogLine[] {
    return this.#captured.lines;
  }

  /**
   * Returns a provider's instance.
   *
   * @throws BootstrapError when no module provides it, or its scope is request or transient.
   */
  get<T>(token: Token<T>): T {
    return this.app.get(token);
  }

  /** Returns an instance of a provider of any scope, transient and request scope included. */
  resolve<T>(token: Token<T>): Promise<T> {
    return this.app.resolve(token);
  }

  /** Shuts the application down. Lines logged afterwards are printed. */
  async close(): Promise<void> {
    try {
      await this.app.close();
    } finally {
      this.#captured.end();
    }
  }

  /** Closes the application at the end of an `await using app = …` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
