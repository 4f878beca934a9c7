import type { Context } from 'aws-lambda';
import { BootstrapError } from '../errors/bootstrap-error.js';

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
