import { finished } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { atMost } from '../../shared/promise.js';
import { localContext, type LocalContextOptions } from './local-context.js';
import { ResponseStream } from './response-stream.js';

/**
 * Calls a handler with an event and gives its result, both as JSON text, for that is what Lambda carries.
 *
 * @throws What the handler throws, and an error for a result that is no JSON or too long.
 */
export async function callFunction(
  handler: LambdaHandler,
  event: string,
  context: LocalContextOptions,
): Promise<string> {
  const result = stringify(await handler(JSON.parse(event) as never, localContext(context)));
  checkLength(Buffer.byteLength(result));
  return result;
}

/** @throws RangeError for a result of more bytes than Lambda takes. */
function checkLength(bytes: number): void {
  if (bytes > RESULT_LIMIT) throw new RangeError(`The result has ${bytes} bytes as JSON; Lambda takes ${RESULT_LIMIT}`);
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    throw new TypeError("The result can't be turned into JSON", { cause });
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

// `never` lets every type of event and of stream fit.

/** A buffered Lambda handler, whatever event it is written for. */
export type LambdaHandler = (event: never, context: Context) => unknown;

/** A handler as `awslambda.streamifyResponse` takes it. */
export type StreamingHandler = (event: never, stream: never, context: Context) => unknown;

/** A `LambdaApplication`, or anything else that has handlers. */
export interface HandlerOwner {
  readonly handler: LambdaHandler;
  readonly streamingHandler?: StreamingHandler;
}

/** What `serve` calls: which of the two kinds a function is, its option `streaming` says. */
export type HandlerTarget = LambdaHandler | StreamingHandler | HandlerOwner;

/** @throws BootstrapError when there is no handler. */
export function handlerOf(target: HandlerTarget): LambdaHandler {
  const handler = typeof target === 'function' ? target : target?.handler;
  return expectFunction(handler as LambdaHandler | undefined, 'handler');
}

/**
 * The handler to call with a response stream.
 *
 * @throws BootstrapError when there is none.
 */
export function streamingHandlerOf(target: HandlerTarget): StreamingHandler {
  const handler = typeof target === 'function' ? target : target?.streamingHandler;
  return expectFunction(handler as StreamingHandler | undefined, 'streamingHandler');
}

function expectFunction<F>(value: F | undefined, name: string): F {
  if (typeof value === 'function') return value;
  throw new BootstrapError(
    `lambent/local found no ${name}: give it the application that LambdaApplication.create() returned, or a function.`,
  );
}

export const MEBIBYTE = 1024 * 1024;

/** Bytes of the JSON of an event that Lambda takes, and with it all that a Function URL does. */
export const EVENT_LIMIT = 6 * MEBIBYTE;

/** Bytes of the JSON of a result that Lambda takes: 6 MB and room for an envelope. */
const RESULT_LIMIT = 6 * MEBIBYTE + 100;

/** How long an invocation may take. */
export interface Limit {
  milliseconds: number;
  /** What was over, for the console. */
  reason: string;
}

export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';

  constructor(readonly limit: Limit) {
    super(limit.reason);
  }
}

/** The function's timeout where nobody stands between it and whoever invokes it. */
export function timeoutLimit(functionTimeout: number): Limit {
  return {
    milliseconds: functionTimeout,
    reason: `the function timed out after ${functionTimeout / 1000} s; Lambda would end the process now`,
  };
}

/** @throws TimeLimitExceeded when the work takes longer, and goes on all the same. */
export function within<T>(work: Promise<T>, limit: Limit): Promise<T> {
  return atMost(limit.milliseconds, work, () => {
    throw new TimeLimitExceeded(limit);
  });
}

/** What Lambda tells an invoker of an error. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack; absent where Lambda itself ended the invocation. */
  readonly trace?: readonly string[];
}

/** An error as the Node.js runtime reports it, a value that is no error too. */
export function describeError(error: unknown): FunctionError {
  if (error instanceof TimeLimitExceeded) {
    const seconds = (error.limit.milliseconds / 1000).toFixed(2);
    return { errorType: 'Sandbox.Timedout', errorMessage: `Error: Task timed out after ${seconds} seconds` };
  }
  // An error may come from another realm, as those of node's own modules do under Jest.
  const { name, message, stack } = Object(error) as Partial<Error>;
  if (typeof message !== 'string') return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: name ?? 'Error', errorMessage: message, trace: stack?.split('\n') ?? [] };
}
