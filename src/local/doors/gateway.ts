import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  callFunction,
  callStreaming,
  EVENT_LIMIT,
  handlerOf,
  type HandlerTarget,
  type LambdaHandler,
  type Limit,
  type StreamingHandler,
  streamingHandlerOf,
  TimeLimitExceeded,
  timeoutLimit,
  within,
} from '../invoke/call-function.js';
import { ResponseStream } from '../invoke/response-stream.js';
import { readBody, sampleOf } from '../read-request.js';
import type { Terminal } from '../terminal.js';
import type { FrontDoor, FrontDoorResponse, RequestTraits } from './front-door.js';
import { MalformedResult } from './lambda-result.js';
import type { EmulatedSource } from './sources.js';
import { StreamedResponse, writeResponse } from './write-response.js';

interface GatewayOptions {
  source: EmulatedSource;
  door: FrontDoor;
  terminal: Terminal;
  streaming: boolean;
  /** The function's timeout in milliseconds. */
  timeout: number;
  stage: string | undefined;
}

type Invoke = (event: string, exchange: Exchange) => Promise<void>;

/** Turns requests into invocations of one function, any number at a time. */
export class Gateway {
  private readonly invoke: Invoke;

  /** @throws BootstrapError when the target has no handler of the kind that is asked for. */
  constructor(
    target: HandlerTarget,
    private readonly options: GatewayOptions,
  ) {
    this.invoke = options.streaming
      ? streamingInvoke(target, options.timeout)
      : bufferedInvoke(target, options.timeout);
  }

  /** Never rejects; what goes wrong is printed, and answered where the client is still there. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response, this.options.door, this.options.terminal);
    try {
      const body = await readBody(request, this.options.door.bodyLimit);
      const event = body && this.eventFor(exchange, body);
      if (event === undefined || Buffer.byteLength(event) > EVENT_LIMIT) exchange.answer(this.options.door.tooLarge);
      else await this.invoke(event, exchange);
    } catch (error) {
      exchange.fail(this.options.door.functionError, 'the request could not be read', error);
    }
  }

  private eventFor(exchange: Exchange, body: Buffer): string {
    const { source, door, stage } = this.options;
    const event = source.sample(sampleOf(exchange.request, body, stage));
    if (body.length === 0) return JSON.stringify(event);
    const carried = door.carry(body, exchange.traits);
    if (!carried.isBase64Encoded && !isUtf8(body)) {
      exchange.report(undefined, 'the body is no text, and is spoiled for want of a matching "binaryMediaTypes"');
    }
    return JSON.stringify({ ...event, ...carried });
  }
}

function bufferedInvoke(target: HandlerTarget, timeout: number): Invoke {
  const handler = handlerOf(target);
  return (event, exchange) => invokeBuffered(handler, event, exchange, timeout);
}

function streamingInvoke(target: HandlerTarget, timeout: number): Invoke {
  const handler = streamingHandlerOf(target);
  return (event, exchange) => invokeStreaming(handler, event, exchange, timeout);
}

/** One request on its way: who asks, who answers, and where it is told. */
class Exchange {
  readonly traits: RequestTraits;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly door: FrontDoor,
    private readonly terminal: Terminal,
  ) {
    const { headers } = request;
    this.traits = {
      accept: headers.accept,
      contentType: headers['content-type'],
      contentEncoding: headers['content-encoding'],
    };
  }

  /** Answers, and says what was wrong with the answer. */
  answer(answer: FrontDoorResponse): void {
    const sent = this.send(answer);
    if (sent.problem !== undefined) this.report(sent.status, sent.problem);
  }

  /**
   * Answers for a function that failed; an answer that is half out is cut off, so that the client notices.
   *
   * @param error what the function threw, with its stack.
   */
  fail(answer: FrontDoorResponse, problem: string, error?: unknown): void {
    if (this.response.headersSent) this.response.destroy();
    else this.send(answer);
    this.report(this.response.statusCode, problem, error);
  }

  /** Says something about the request without answering it. */
  report(status: number | undefined, problem: string, error?: unknown): void {
    const line = `${this.request.method} ${this.request.url}${status === undefined ? '' : ` -> ${status}`}: ${problem}`;
    this.terminal.error(line, ...(error === undefined ? [] : [error]));
  }

  /** What was sent: where a header can't be, the front door's answer to a broken function. */
  private send(answer: FrontDoorResponse): FrontDoorResponse {
    try {
      writeResponse(this.response, answer);
      return answer;
    } catch (error) {
      const refusal = { ...this.door.functionError, problem: `a header can't be sent: ${(error as Error).message}` };
      writeResponse(this.response, refusal);
      return refusal;
    }
  }
}

/**
 * Calls the handler with an event and answers with its result, both through JSON as Lambda has them.
 *
 * @param timeout the function's, in milliseconds.
 */
async function invokeBuffered(
  handler: LambdaHandler,
  event: string,
  exchange: Exchange,
  timeout: number,
): Promise<void> {
  const { door, traits } = exchange;
  const limit = timeLimit(door, timeout);
  try {
    const result = await within(callFunction(handler, event, { timeout }), limit);
    exchange.answer(door.interpret(JSON.parse(result), traits));
  } catch (error) {
    if (error instanceof TimeLimitExceeded) exchange.fail(limit.answer, limit.reason);
    else exchange.fail(door.functionError, 'the function failed', error);
  }
}

/**
 * Calls the handler with an event and a response stream, and passes on what it writes as it comes.
 *
 * @param timeout the function's, in milliseconds.
 */
async function invokeStreaming(
  handler: StreamingHandler,
  event: string,
  exchange: Exchange,
  timeout: number,
): Promise<void> {
  const stream = new ResponseStream(new StreamedResponse(exchange.response));
  const { functionError } = exchange.door;
  try {
    await within(callStreaming(handler, event, stream, { timeout }), functionLimit(exchange.door, timeout));
  } catch (error) {
    if (error instanceof TimeLimitExceeded) exchange.fail(functionError, error.message);
    else if (error instanceof MalformedResult) exchange.fail(functionError, error.message);
    else exchange.fail(functionError, 'the function failed', error);
    stream.destroy();
  }
}

/** What a client waits for. */
interface TimeLimit extends Limit {
  /** What it gets when the time is over. */
  answer: FrontDoorResponse;
}

/** The front door's patience or the function's timeout, whichever is over first: clients see different answers. */
export function timeLimit(door: FrontDoor, functionTimeout: number): TimeLimit {
  const { patience } = door;
  if (patience !== undefined && patience.milliseconds <= functionTimeout) {
    return {
      ...patience,
      reason: `${door.title} gave up after ${patience.milliseconds / 1000} s; the function may go on`,
    };
  }
  return functionLimit(door, functionTimeout);
}

/** The function's timeout alone: a front door that passes on a stream has time. */
export function functionLimit(door: FrontDoor, functionTimeout: number): TimeLimit {
  return { ...timeoutLimit(functionTimeout), answer: door.functionError };
}
