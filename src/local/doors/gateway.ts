import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../shared/thrown.js';
import { callFunction, callStreaming, EVENT_LIMIT } from '../invoke/call-function.js';
import { functionTimeout, TimedOut, type Timeout, within } from '../invoke/function-error.js';
import {
  handlerOf,
  type HandlerTarget,
  type LambdaHandler,
  type StreamingHandler,
  streamingHandlerOf,
} from '../invoke/handler-target.js';
import { ResponseStream } from '../invoke/response-stream.js';
import { readBody } from '../read-body.js';
import type { Terminal } from '../terminal.js';
import type { FrontDoor, FrontDoorResponse, RequestTraits } from './front-door.js';
import { MalformedResult } from './lambda-result.js';
import { requestSample } from './request-sample.js';
import type { EmulatedSource } from './sources.js';
import { StreamSender, writeResponse } from './write-response.js';

interface GatewayOptions {
  source: EmulatedSource;
  door: FrontDoor;
  terminal: Terminal;
  streaming: boolean;
  /** The function's timeout in milliseconds. */
  timeout: number;
  stage: string | undefined;
}

/** Calls the function with an event and sends its response. Never rejects. */
type Invoke = (event: string, exchange: Exchange) => Promise<void>;

/** Converts requests to invocations of one function, any number of them at a time. */
export class Gateway {
  readonly #invoke: Invoke;

  /** @throws BootstrapError when the target has no handler of the required kind. */
  constructor(
    target: HandlerTarget,
    private readonly options: GatewayOptions,
  ) {
    this.#invoke = options.streaming ? this.#streamed(streamingHandlerOf(target)) : this.#buffered(handlerOf(target));
  }

  /** Never rejects: prints errors, and sends an error response while the client is still there. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { door, terminal } = this.options;
    const exchange = new Exchange(request, response, door, terminal);
    try {
      const body = await readBody(request, door.bodyLimit);
      const event = body && this.#eventFor(exchange, body);
      if (event === undefined || Buffer.byteLength(event) > EVENT_LIMIT) exchange.respond(door.tooLarge);
      else await this.#invoke(event, exchange);
    } catch (error) {
      exchange.fail(door.functionError, 'the request could not be read', error);
    }
  }

  #eventFor(exchange: Exchange, body: Buffer): string {
    const { source, door, stage } = this.options;
    const event = source.sample(requestSample(exchange.request, body, stage));
    if (body.length === 0) return JSON.stringify(event);
    const encoded = door.encodeBody(body, exchange.traits);
    if (!encoded.isBase64Encoded && !isUtf8(body)) {
      exchange.report(undefined, 'the body is not text, and is corrupted unless "binaryMediaTypes" matches its type');
    }
    return JSON.stringify({ ...event, ...encoded });
  }

  #buffered(handler: LambdaHandler): Invoke {
    const { door, timeout } = this.options;
    const limit = responseTimeout(door, timeout, false);
    return async (event, exchange) => {
      try {
        const result = await within(callFunction(handler, event, { timeout }), limit);
        exchange.respond(door.interpret(JSON.parse(result), exchange.traits));
      } catch (error) {
        if (error instanceof TimedOut) exchange.fail(limit.response, limit.reason);
        else exchange.fail(door.functionError, 'the function failed', error);
      }
    };
  }

  #streamed(handler: StreamingHandler): Invoke {
    const { door, timeout } = this.options;
    const limit = responseTimeout(door, timeout, true);
    return async (event, exchange) => {
      const stream = new ResponseStream(new StreamSender(exchange.response));
      try {
        await within(callStreaming(handler, event, stream, { timeout }), limit);
      } catch (error) {
        if (error instanceof TimedOut || error instanceof MalformedResult) {
          exchange.fail(door.functionError, error.message);
        } else exchange.fail(door.functionError, 'the function failed', error);
        stream.destroy();
      }
    };
  }
}

/** One request and its response. */
class Exchange {
  readonly traits: RequestTraits;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly door: FrontDoor,
    private readonly terminal: Terminal,
  ) {
    const { headers } = request;
    this.traits = {
      accept: headers.accept,
      contentType: headers['content-type'],
      contentEncoding: headers['content-encoding'],
    };
  }

  /** Sends a response, and prints what is wrong with the result that it was made from. */
  respond(response: FrontDoorResponse): void {
    const sent = this.#send(response);
    if (sent.problem !== undefined) this.report(sent.status, sent.problem);
  }

  /**
   * Sends an error response. A response that has begun is aborted instead, so that the client notices.
   *
   * @param error The error to print with its stack.
   */
  fail(response: FrontDoorResponse, problem: string, error?: unknown): void {
    if (this.response.headersSent) this.response.destroy();
    else this.#send(response);
    this.report(this.response.statusCode, problem, error);
  }

  /** Prints a problem with the request. */
  report(status: number | undefined, problem: string, error?: unknown): void {
    const line = `${this.request.method} ${this.request.url}${status === undefined ? '' : ` -> ${status}`}: ${problem}`;
    this.terminal.error(line, ...(error === undefined ? [] : [error]));
  }

  /** Returns the response that was sent: the front door's function error when a header is invalid. */
  #send(response: FrontDoorResponse): FrontDoorResponse {
    try {
      writeResponse(this.response, response);
      return response;
    } catch (error) {
      const refusal = { ...this.door.functionError, problem: `invalid header: ${messageOf(error)}` };
      writeResponse(this.response, refusal);
      return refusal;
    }
  }
}

interface ResponseTimeout extends Timeout {
  /** The response that the client receives when the time is over. */
  readonly response: FrontDoorResponse;
}

/**
 * Returns the timeout of the front door or of the function, whichever is shorter: clients receive different responses.
 * A streamed response only has the function's timeout.
 */
export function responseTimeout(door: FrontDoor, milliseconds: number, streaming: boolean): ResponseTimeout {
  const { timeout } = door;
  if (streaming || timeout === undefined || timeout.milliseconds > milliseconds) {
    return { ...functionTimeout(milliseconds), response: door.functionError };
  }
  const reason = `${door.title} timed out after ${timeout.milliseconds / 1000} s; the function may still be running`;
  return { ...timeout, reason };
}
