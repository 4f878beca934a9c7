import type { Writable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';

/** Returns the runtime's global object; `undefined` outside Lambda. Some AWS SDK helpers create it without members. */
export function awsLambda(): AwsLambdaGlobal | undefined {
  return (globalThis as unknown as { awslambda?: AwsLambdaGlobal }).awslambda;
}

/** The global object of Lambda's Node.js runtime (AWS: "Response streaming for Lambda functions"). */
interface AwsLambdaGlobal {
  streamifyResponse?(handler: StreamingHandler): StreamingHandler;
  HttpResponseStream?: { from(stream: Writable, prelude: StreamingPrelude): Writable };
}

export type StreamingHandler = (event: unknown, stream: Writable, context: LambdaContext) => Promise<void>;

/** Status, headers and cookies of a streamed response. */
export interface StreamingPrelude {
  statusCode: number;
  headers: Record<string, string>;
  cookies: string[];
}

/**
 * Returns the invocation's context, set not to wait for an empty event loop: Lambda would wait for whatever stays open,
 * such as a database pool, before it sends the next event. Without a context, as in a test, every event gets its own,
 * because middlewares write on it.
 */
export function prepareContext(context: LambdaContext | undefined): LambdaContext {
  const prepared = context ?? ({} as LambdaContext);
  try {
    prepared.callbackWaitsForEmptyEventLoop = false;
  } catch {
    // A test may have frozen it. `Reflect.set` would return false instead, but takes 0.1 µs.
  }
  return prepared;
}
