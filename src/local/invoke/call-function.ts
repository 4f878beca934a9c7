import { finished } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import { isPromiseLike } from '../../shared/promise.js';
import { functionTimeout, within } from './function-error.js';
import { handlerOf, type HandlerTarget, type LambdaHandler, type StreamingHandler } from './handler-target.js';
import { localContext, type LocalContextOptions } from './local-context.js';
import type { ResponseStream } from './response-stream.js';

/**
 * Calls a handler with an event and returns its result, both as JSON text, which is what Lambda transports.
 *
 * @throws What the handler throws, and an error for a result that is not JSON or too long, and for a handler that calls
 *   back instead of returning a promise.
 */
export async function callFunction(
  handler: LambdaHandler,
  event: string,
  context: LocalContextOptions,
): Promise<string> {
  const call = handler as (event: never, context: Context, callback: () => void) => unknown;
  const returned = call(JSON.parse(event) as never, localContext(context), () => undefined);
  if (handler.length > 2 && !isPromiseLike(returned)) throw new TypeError(TAKES_CALLBACK);
  const result = stringify(await returned);
  const bytes = Buffer.byteLength(result);
  if (bytes > RESULT_LIMIT) {
    throw new RangeError(`The result has ${bytes} bytes as JSON; Lambda accepts up to ${RESULT_LIMIT}`);
  }
  return result;
}

const TAKES_CALLBACK =
  "The handler takes a callback, and returned no promise. Lambda's Node 24 runtime has no callbacks. Return a promise";

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    throw new TypeError('The result cannot be converted to JSON', { cause });
  }
}

/** Calls a streaming handler. Like the Lambda runtime, waits for the handler and then for the end of the stream. */
export async function callStreaming(
  handler: StreamingHandler,
  event: string,
  stream: ResponseStream,
  context: LocalContextOptions,
): Promise<void> {
  await handler(JSON.parse(event) as never, stream as never, localContext(context));
  await finished(stream);
}

/** Invokes a function with an event and returns its result, both as JSON text. */
export type Invoke = (event: string) => Promise<string>;

/**
 * Returns a function that invokes the target's buffered handler, with the function's timeout and nothing in between.
 *
 * @throws BootstrapError when there is no handler.
 */
export function bufferedInvoke(target: HandlerTarget, milliseconds: number): Invoke {
  const handler = handlerOf(target);
  const timeout = functionTimeout(milliseconds);
  return (event) => within(callFunction(handler, event, { timeout: milliseconds }), timeout);
}

/** The limit in bytes of an event as JSON, which is also that of all Function URL requests. */
export const EVENT_LIMIT = 6 * 1024 * 1024;

/** The limit in bytes of a result as JSON: 6 MB and room for an envelope. */
const RESULT_LIMIT = EVENT_LIMIT + 100;
