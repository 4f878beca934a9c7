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
