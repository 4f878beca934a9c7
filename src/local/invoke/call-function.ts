import { finished } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { atMost } from '../../shared/promise.js';
import { localContext, type LocalContextOptions } from './local-context.js';
import type { ResponseStream } from './response-stream.js';

/**
 * Calls a handler with an event and returns its result, both as JSON text, which is what Lambda transports.
 *
 * @throws What the handler throws, and an error for a result that is not JSON or too long.
 */
export async function callFunction(
  handler: LambdaHandler,
  event: string,
  context: LocalContextOptions,
): Promise<string> {
  const result = stringify(await handler(JSON.parse(event) as never, localContext(context)));
  const bytes = Buffer.byteLength(result);
  if (bytes > RESULT_LIMIT) {
    throw new RangeError(`The result has ${bytes} bytes as JSON; Lambda accepts up to ${RESULT_LIMIT}`);
  }
  return result;
}

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

// `never` accepts every type of event and of stream.

/** A buffered Lambda handler for any type of event. */
export type LambdaHandler = (event: never, context: Context) => unknown;

/** A handler as `awslambda.streamifyResponse` takes it. */
export type StreamingHandler = (event: never, stream: never, context: Context) => unknown;

/** A `LambdaApplication`, or anything else that has handlers. */
export interface HandlerOwner {
  readonly handler: LambdaHandler;
  readonly streamingHandler?: StreamingHandler;
}

/** What `serve` calls. For a plain function, the option `streaming` says which kind of handler it is. */
export type HandlerTarget = LambdaHandler | StreamingHandler | HandlerOwner;

/** Returns the target's buffered handler. @throws BootstrapError when there is none. */
export function handlerOf(target: HandlerTarget): LambdaHandler {
  const handler = typeof target === 'function' ? target : target?.handler;
  return expectFunction(handler as LambdaHandler | undefined, 'handler');
}

/** Returns the target's streaming handler. @throws BootstrapError when there is none. */
export function streamingHandlerOf(target: HandlerTarget): StreamingHandler {
  const handler = typeof target === 'function' ? target : target?.streamingHandler;
  return expectFunction(handler as StreamingHandler | undefined, 'streamingHandler');
}

function expectFunction<F>(value: F | undefined, name: string): F {
  if (typeof value === 'function') return value;
  throw new BootstrapError(
    `lambent/local found no ${name}: pass the application that LambdaApplication.create() returned, or a function.`,
  );
}

/** The limit in bytes of an event as JSON, which is also that of all Function URL requests. */
export const EVENT_LIMIT = 6 * 1024 * 1024;

/** The limit in bytes of a result as JSON: 6 MB and room for an envelope. */
const RESULT_LIMIT = EVENT_LIMIT + 100;

/** How long an invocation may take. */
export interface Timeout {
  readonly milliseconds: number;
  /** What timed out, for the terminal. */
  readonly reason: string;
}

/** Returns the function's own timeout. */
export function functionTimeout(milliseconds: number): Timeout {
  return {
    milliseconds,
    reason: `the function timed out after ${milliseconds / 1000} s; Lambda would end the process now`,
  };
}

/** Waits for work that cannot be cancelled. @throws TimedOut when it takes longer; the work still goes on. */
export function within<T>(work: Promise<T>, timeout: Timeout): Promise<T> {
  return atMost(timeout.milliseconds, work, () => {
    throw new TimedOut(timeout);
  });
}

export class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor(readonly timeout: Timeout) {
    super(timeout.reason);
  }
}

/** An error as Lambda reports it to the invoker. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack. Absent when Lambda itself ended the invocation. */
  readonly trace?: readonly string[];
}

/** Describes what a function threw, which may be any value, as the Lambda runtime does. */
export function describeError(error: unknown): FunctionError {
  if (error instanceof TimedOut) {
    const seconds = (error.timeout.milliseconds / 1000).toFixed(2);
    return { errorType: 'Sandbox.Timedout', errorMessage: `Error: Task timed out after ${seconds} seconds` };
  }
  // Not instanceof Error: errors may come from another realm, as those of Node's modules do under Jest.
  const { name, message, stack } = Object(error) as Partial<Error>;
  if (typeof message !== 'string') return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: name ?? 'Error', errorMessage: message, trace: stack?.split('\n') ?? [] };
}
