import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { comesFromPage } from '../loopback-server.js';
import { readBody } from '../read-request.js';
import type { Terminal } from '../terminal.js';
import {
  callFunction,
  callStreaming,
  describeError,
  EVENT_LIMIT,
  handlerOf,
  type HandlerTarget,
  streamingHandlerOf,
  timeoutLimit,
  within,
} from './call-function.js';
import { ResponseStream } from './response-stream.js';

export interface InvokeApiOptions {
  readonly streaming: boolean;
  /** The function's, in milliseconds. */
  readonly timeout: number;
  readonly terminal: Terminal;
}

const PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

/** What a request to Lambda's own API calls the function; `undefined` for any other. No application has such a path. */
export function invokedFunction({ method, url = '' }: IncomingMessage): string | undefined {
  return method === 'POST' ? PATH.exec(url)?.[1] : undefined;
}

/**
 * Lambda's API `Invoke` for one function, whatever it is called: any event, and its result (the Lambda API reference).
 */
export class InvokeApi {
  readonly #call: (event: string) => Promise<string>;
  readonly #asynchronous = new Set<Promise<void>>();

  /** @throws BootstrapError when the target has no handler of the kind that is asked for. */
  constructor(
    target: HandlerTarget,
    private readonly options: InvokeApiOptions,
  ) {
    const { streaming, timeout } = options;
    const call = streaming ? streamingCall(target, timeout) : bufferedCall(target, timeout);
    this.#call = (event) => within(call(event), timeoutLimit(timeout));
  }

  /** Never rejects: what goes wrong is answered, or printed where nobody waits. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      this.options.terminal.error('An invocation could not be read', error);
      response.destroy();
    }
  }

  /** Resolves when the invocations that nobody waits for are done. */
  async idle(): Promise<void> {
    await Promise.all(this.#asynchronous);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (comesFromPage(request))
      return refuseInvocation(
        response,
        403,
        'AccessDeniedException',
        'A page in a browser may not invoke the function.',
      );
    const body = await readBody(request, EVENT_LIMIT);
    if (!body)
      return refuseInvocation(
        response,
        413,
        'RequestTooLargeException',
        `The event is longer than ${EVENT_LIMIT} bytes.`,
      );
    const event = body.length === 0 ? '{}' : body.toString('utf8');
    const mistake = mistakeIn(event);
    if (mistake !== undefined)
      return refuseInvocation(
        response,
        400,
        'InvalidRequestContentException',
        `Could not parse request body into json: ${mistake}`,
      );
    await this.#invoke(String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse'), event, response);
  }

  async #invoke(type: string, event: string, response: ServerResponse): Promise<void> {
    switch (type) {
      case 'RequestResponse':
        return this.#waitFor(event, response);
      case 'Event':
        this.#begin(event);
        return send(response, 202);
      case 'DryRun':
        return send(response, 204);
      default:
        return refuseInvocation(
          response,
          400,
          'InvalidParameterValueException',
          `The invocation type is RequestResponse, Event or DryRun, not ${type}.`,
        );
    }
  }

  async #waitFor(event: string, response: ServerResponse): Promise<void> {
    const version = { 'x-amz-executed-version': '$LATEST' };
    try {
      send(response, 200, await this.#call(event), version);
    } catch (error) {
      this.#report(error);
      send(response, 200, JSON.stringify(describeError(error)), { ...version, 'x-amz-function-error': 'Unhandled' });
    }
  }

  /** Lambda would try a failed one again, twice. */
  #begin(event: string): void {
    const invocation: Promise<void> = this.#call(event)
      .then(
        () => undefined,
        (error: unknown) => this.#report(error),
      )
      .finally(() => this.#asynchronous.delete(invocation));
    this.#asynchronous.add(invocation);
  }

  #report(error: unknown): void {
    this.options.terminal.error('Invocation: the function failed', error);
  }
}

function bufferedCall(target: HandlerTarget, timeout: number): (event: string) => Promise<string> {
  const handler = handlerOf(target);
  return (event) => callFunction(handler, event, { timeout });
}

/** Who waits for an invocation gets what the function streams as a whole. */
function streamingCall(target: HandlerTarget, timeout: number): (event: string) => Promise<string> {
  const handler = streamingHandlerOf(target);
  return async (event) => {
    const chunks: Buffer[] = [];
    const stream = new ResponseStream({ write: async (chunk) => void chunks.push(chunk), end: () => undefined });
    await callStreaming(handler, event, stream, { timeout });
    return Buffer.concat(chunks).toString('utf8');
  };
}

function mistakeIn(event: string): string | undefined {
  try {
    JSON.parse(event);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Answers as Lambda does for what is wrong with a request. */
export function refuseInvocation(response: ServerResponse, status: number, type: string, message: string): void {
  send(response, status, JSON.stringify({ Type: 'User', message }), { 'x-amzn-errortype': type });
}

function send(
  response: ServerResponse,
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): void {
  const contentType = body === '' ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...contentType, 'x-amzn-requestid': randomUUID(), ...headers });
  response.end(body);
}
