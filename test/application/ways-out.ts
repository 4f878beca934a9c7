import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { installAwsLambda, PRELUDE_END, ResponseStream } from '../../src/local/invoke/response-stream.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { type HttpEventRequest, httpEvents } from '../../src/testing/http-events.js';
import { inject, type InjectResponse, readResult } from '../../src/testing/inject.js';
import { type Source, SOURCES } from './create-app.js';

/** How an answer leaves: as the result that a source's gateway reads, or in Lambda's response stream. */
export type WayOut = Source | 'a response stream';

/** Every way out that there is. */
export const WAYS_OUT: readonly WayOut[] = [...SOURCES, 'a response stream'];

type Streaming = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;

/**
 * Sends a request, and reads the answer as a client would, whatever way it leaves.
 *
 * @throws What the invocation fails with.
 */
export function answerBy(way: WayOut, app: LambdaApplication, request: HttpEventRequest = {}): Promise<InjectResponse> {
  return way === 'a response stream' ? streamed(app, request) : inject(app, { ...request, source: way });
}

async function streamed(app: LambdaApplication, request: HttpEventRequest): Promise<InjectResponse> {
  const chunks: Buffer[] = [];
  const receiver = { write: async (chunk: Buffer) => void chunks.push(chunk), end: () => undefined };
  await streamingHandler(app)(httpEvents.functionUrl(request), new ResponseStream(receiver), fakeContext());
  const all = Buffer.concat(chunks);
  const end = all.indexOf(PRELUDE_END);
  const body = all.subarray(end + PRELUDE_END.length).toString('base64');
  return readResult({ ...(JSON.parse(all.subarray(0, end).toString()) as object), body, isBase64Encoded: true });
}

/** The streaming handler as the runtime takes it. */
function streamingHandler(app: LambdaApplication): Streaming {
  const scope = globalThis as { awslambda?: unknown };
  if (scope.awslambda === undefined) installAwsLambda();
  return app.streamingHandler as unknown as Streaming;
}
