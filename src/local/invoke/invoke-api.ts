import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../shared/thrown.js';
import { readBody } from '../read-body.js';
import { comesFromPage } from '../refused-requests.js';
import type { Terminal } from '../terminal.js';
import { bufferedInvoke, callStreaming, EVENT_LIMIT, type Invoke } from './call-function.js';
import { describeError, functionTimeout, within } from './function-error.js';
import { type HandlerTarget, streamingHandlerOf } from './handler-target.js';
import { ResponseStream } from './response-stream.js';

export interface InvokeApiOptions {
  readonly streaming: boolean;
  /** The function's timeout in milliseconds. */
  readonly timeout: number;
  readonly terminal: Terminal;
}

const PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

/**
 * Returns the function that a request to Lambda's Invoke API names, or `undefined` for any other request. Applications
 * have no such path.
 */
export function invokedFunction({ method, url = '' }: IncomingMessage): string | undefined {
  return method === 'POST' ? PATH.exec(url)?.[1] : undefined;
}

/** Lambda's Invoke API for one function, whatever its name: takes any event and returns the result. */
export class InvokeApi {
  readonly #invoke: Invoke;
  readonly #asynchronous = new Set<Promise<void>>();

  /** @throws BootstrapError when the target has no handler of the required kind. */
  constructor(
    target: HandlerTarget,
    private readonly options: InvokeApiOptions,
  ) {
    const { streaming, timeout } = options;
    this.#invoke = streaming ? streamingInvoke(target, timeout) : bufferedInvoke(target, timeout);
  }

  /** Never rejects: sends errors as responses, and prints those of asynchronous invocations. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
      const event = await readEvent(request, response, type === 'Event' ? ASYNC_EVENT_LIMIT : EVENT_LIMIT);
      if (event === undefined) return;
      await this.#respond(type, event, response);
    } catch (error) {
      this.options.terminal.error('An invocation could not be read', error);
      response.destroy();
    }
  }

  /** Resolves when all asynchronous invocations are done. */
  async idle(): Promise<void> {
    await Promise.all(this.#asynchronous);
  }

  async #respond(type: string, event: string, response: ServerResponse): Promise<void> {
    switch (type) {
      case 'RequestResponse':
        return this.#invokeAndRespond(event, response);
      case 'Event':
        this.#invokeLater(event);
        return send(response, 202);
      case 'DryRun':
        return send(response, 204);
      default:
        return refuseInvocation(
          response,
          400,
          'InvalidParameterValueException',
          `The invocation type must be RequestResponse, Event or DryRun, not ${type}.`,
        );
    }
  }

  async #invokeAndRespond(event: string, response: ServerResponse): Promise<void> {
    const version = { 'x-amz-executed-version': '$LATEST' };
    try {
      send(response, 200, await this.#invoke(event), version);
    } catch (error) {
      this.#report(error);
      send(response, 200, JSON.stringify(describeError(error)), { ...version, 'x-amz-function-error': 'Unhandled' });
    }
  }

  /** Invokes the function once. Lambda would retry a failed asynchronous invocation twice. */
  #invokeLater(event: string): void {
    const invocation: Promise<void> = this.#invoke(event)
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

/** Returns a function that invokes a streaming handler and collects its whole response. */
function streamingInvoke(target: HandlerTarget, timeout: number): Invoke {
  const handler = streamingHandlerOf(target);
  const call: Invoke = async (event) => {
    const chunks: Buffer[] = [];
    const stream = new ResponseStream({ write: async (chunk) => void chunks.push(chunk), end: () => undefined });
    await callStreaming(handler, event, stream, { timeout });
    return Buffer.concat(chunks).toString('utf8');
  };
  return (event) => within(call(event), functionTimeout(timeout));
}

/** The most bytes of an event that nobody waits for (Lambda: "Quotas"). */
const ASYNC_EVENT_LIMIT = 1024 * 1024;

/** Returns the event as JSON text, or `undefined` after refusing the request. */
async function readEvent(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<string | undefined> {
  if (comesFromPage(request)) {
    const message = 'A web page in a browser must not invoke the function.';
    return refuseInvocation(response, 403, 'AccessDeniedException', message);
  }
  const body = await readBody(request, limit);
  if (!body) {
    return refuseInvocation(response, 413, 'RequestTooLargeException', `The event is longer than ${limit} bytes.`);
  }
  const event = body.length === 0 ? '{}' : body.toString('utf8');
  try {
    JSON.parse(event);
    return event;
  } catch (error) {
    const message = `Could not parse request body into json: ${messageOf(error)}`;
    return refuseInvocation(response, 400, 'InvalidRequestContentException', message);
  }
}

/** Sends an error response as Lambda's API does. */
export function refuseInvocation(response: ServerResponse, status: number, type: string, message: string): undefined {
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
