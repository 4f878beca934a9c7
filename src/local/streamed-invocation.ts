import { finished } from 'node:stream/promises';
import type { Exchange } from './exchange.js';
import type { StreamingHandler } from './handler-of.js';
import { MalformedResult } from './lambda-result.js';
import { localContext, type LocalContextOptions } from './local-context.js';
import { ResponseStream } from './response-stream.js';
import { StreamedAnswer } from './streamed-answer.js';
import { functionLimit, TimeLimitExceeded, within } from './time-limit.js';

/**
 * Calls the handler with an event and a response stream, and passes on what it writes as it comes.
 *
 * @param timeout the function's, in milliseconds.
 */
export async function invokeStreaming(handler: StreamingHandler, event: string, exchange: Exchange, timeout: number): Promise<void> {
  const stream = new ResponseStream(new StreamedAnswer(exchange.response));
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

/** Calls a streaming handler; like the runtime, waits for the end of the stream when the handler has finished. */
export async function callStreaming(
  handler: StreamingHandler,
  event: string,
  stream: ResponseStream,
  context: LocalContextOptions,
): Promise<void> {
  await handler(JSON.parse(event) as never, stream as never, localContext(context));
  await finished(stream);
}
