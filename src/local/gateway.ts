import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { invokeBuffered } from './buffered-invocation.js';
import { Exchange, type Terminal } from './exchange.js';
import { EVENT_LIMIT, type FrontDoor } from './front-door.js';
import { handlerOf, type HandlerTarget, streamingHandlerOf } from './handler-of.js';
import { readBody, sampleOf } from './read-request.js';
import type { EmulatedSource } from './sources.js';
import { invokeStreaming } from './streamed-invocation.js';

export interface GatewayOptions {
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
    this.invoke = options.streaming ? streamingInvoke(target, options.timeout) : bufferedInvoke(target, options.timeout);
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
