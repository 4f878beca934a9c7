import type { Context } from 'aws-lambda';
import { BootstrapError } from '../../errors/bootstrap-error.js';

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

/**
 * The handler or the server that `serve` calls. For a plain function, the option `streaming` says which kind of handler
 * it is.
 */
export type HandlerTarget = LambdaHandler | StreamingHandler | HandlerOwner;

/** Returns the target's buffered handler. @throws BootstrapError when there is none. */
export function handlerOf(target: HandlerTarget): LambdaHandler {
  const handler = typeof target === 'function' ? target : target?.handler;
  return expectFunction(handler as LambdaHandler | undefined, 'handler');
}

/** Returns the target's streaming handler. @throws BootstrapError when there is none. */
export function streamingHandlerOf(target: HandlerTarget): StreamingHandler {
  const handler = typeof target === 'function' ? target : target?.streamingHandler;
  return expectFunction(handler, 'streamingHandler');
}

function expectFunction<F>(value: F | undefined, name: string): F {
  if (typeof value === 'function') return value;
  throw new BootstrapError(
    `lambent/local found no ${name}: pass the application that LambdaApplication.create() returned, or a function.`,
  );
}
