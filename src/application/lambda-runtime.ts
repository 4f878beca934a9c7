import type { Writable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';

/** What Lambda calls a handler with. */
export interface Invocation {
  readonly event: unknown;
  readonly context: LambdaContext;
}

/**
 * What Lambda's Node.js runtime puts on the global object for response streaming (AWS: "Response streaming for Lambda
 * functions").
 */
interface AwsLambdaGlobal {
  streamifyResponse?(handler: StreamingHandler): StreamingHandler;
  HttpResponseStream?: { from(stream: Writable, prelude: StreamingPrelude): Writable };
}

export type StreamingHandler = (event: unknown, stream: Writable, context: LambdaContext) => Promise<void>;

/** Status, headers and cookies of a streamed answer. */
export interface StreamingPrelude {
  statusCode: number;
  headers: Record<string, string>;
  cookies: string[];
}

/** `undefined` outside of Lambda; some helpers of AWS' SDK create it without streaming, so ask for its members. */
export function awsLambda(): AwsLambdaGlobal | undefined {
  return (globalThis as unknown as { awslambda?: AwsLambdaGlobal }).awslambda;
}
