import type { LambdaApplication, LambdaHandler } from '../application/lambda-application.js';
import type { Token } from '../shared/token.js';
import { inject, type InjectRequest } from './inject.js';
import type { InjectResponse } from './inject-response.js';

/** A bootstrapped application under test. */
export class TestingApplication {
  constructor(readonly app: LambdaApplication) {}

  get handler(): LambdaHandler {
    return this.app.handler;
  }

  /** Sends a request through the application, as an event of one source. */
  inject(request: InjectRequest): Promise<InjectResponse> {
    return inject(this.app, request);
  }

  get<T>(token: Token<T>): T {
    return this.app.get(token);
  }

  resolve<T>(token: Token<T>): Promise<T> {
    return this.app.resolve(token);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
