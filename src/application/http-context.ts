import type { Context as LambdaContext } from 'aws-lambda';
import type { SourceRecord } from '../contracts/record-adapter.js';
import { Request, type RequestOptions } from '../http/request.js';
import type { RequestSource } from '../http/request-source.js';
import { Response } from '../http/response.js';
import { Deadline } from '../pipeline/deadline.js';
import { EventContext } from './event-context.js';
import { timeLeft } from './time-left.js';

/** What the application decides for the context of every request. */
export interface HttpContextOptions {
  readonly request: RequestOptions;
  /** Seconds, of `FUNCTION_TIMEOUT`. */
  readonly timeout: number;
  /** Milliseconds that are kept back of the invocation's time. */
  readonly timeoutMargin: number;
}

/** The context of one HTTP request. */
export class HttpContext extends EventContext {
  readonly request: Request;
  /** The head of a streamed answer is out: no other answer can be given. */
  headersSent = false;
  /** The response that someone asked for, `undefined` while nobody has. */
  injected: Response | undefined;
  readonly #options: HttpContextOptions;
  #deadline: Deadline | undefined;

  constructor(
    source: RequestSource,
    event: unknown,
    lambdaContext: LambdaContext,
    options: HttpContextOptions,
  ) {
    super(event, lambdaContext);
    this.#options = options;
    this.request = new Request(source, this, options.request);
  }

  /** Made when something first waits, or asks for it: what waits for nothing can't be stopped, and need not read clocks. */
  get deadline(): Deadline {
    const { timeout, timeoutMargin } = this.#options;
    return (this.#deadline ??= new Deadline(timeLeft(this.lambdaContext) - timeoutMargin, timeout));
  }

  get response(): Response {
    return (this.injected ??= new Response());
  }

  get record(): SourceRecord {
    throw new Error('This event is an HTTP request: it has no record. Ask context.getType() first.');
  }

  getType(): 'http' {
    return 'http';
  }
}
