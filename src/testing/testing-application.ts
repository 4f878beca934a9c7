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

  /** Sends a request through the application, as an event of one source. */
  inject(request: InjectRequest): Promise<InjectResponse> {
    return inject(this.app, request);
  }

  /**
   * What the application has logged until now, at its start and in events, the oldest line first.
   *
   * An array like any other: `app.logs.splice(0)` takes the lines and leaves none.
   *
   * @throws Error where the option `logger` is a `Logger` of the user's own.
   */
  get logs(): LogLine[] {
    return this.#captured.lines;
  }

  /** @throws BootstrapError when no module provides it, or when there is not one instance of it to get. */
  get<T>(token: Token<T>): T {
    return this.app.get(token);
  }

  /** As `get`, for transient and request scope too. */
  resolve<T>(token: Token<T>): Promise<T> {
    return this.app.resolve(token);
  }

  /** Runs the shutdown. What is logged from then on is printed. */
  async close(): Promise<void> {
    try {
      await this.app.close();
    } finally {
      this.#captured.end();
    }
  }

  /** Lets `await using app = …` close it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
