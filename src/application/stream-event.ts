import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { Context as LambdaContext } from 'aws-lambda';
import { type AnyRenderedResponse, isStreamed, type ResponseHead } from '../http/response/rendered-response.js';
import { Deadline } from '../pipeline/deadline.js';
import { timeLeft } from '../shared/time.js';
import type { MaybePromise } from '../shared/types.js';
import type { HttpContext, SendResponse } from './http/http-context.js';
import { awsLambda, type StreamingPrelude } from './lambda-runtime.js';

/**
 * Dispatches an event whose response goes into Lambda's response stream.
 *
 * @param dispatch Dispatches the event with the given way to send a response.
 */
export async function streamEvent(
  dispatch: (send: SendResponse) => MaybePromise<unknown>,
  stream: Writable,
  context: LambdaContext,
): Promise<void> {
  const send = sendStreaming(stream);
  let latest: HttpContext | undefined;
  let sending: Promise<void> | undefined;
  const result = await dispatch((rendered, httpContext) => {
    // A middleware may time out after the response has gone out.
    if (sending && latest?.headersSent) {
      const first = latest;
      return sending.then(() => {
        httpContext.sentStatus = first.sentStatus;
      });
    }
    latest = httpContext;
    return (sending = send(rendered, httpContext));
  });
  // A middleware may have handled an error halfway through the body: the body stays broken and fails the invocation.
  if (sending) await sending;
  else await new Deadline(timeLeft(context) / 2).race(writeResult(stream, result));
}

/**
 * Writes the handler's result as JSON without a prelude: for sources other than HTTP, whose retries depend on it, and
 * for a middleware that responds before the application does.
 */
async function writeResult(stream: Writable, result: unknown): Promise<void> {
  stream.end(JSON.stringify(result ?? null));
  await finished(stream, { readable: false });
}

/**
 * Writes a response into Lambda's response stream: the prelude, then the body as it comes, with backpressure. Resolves
 * when the stream has finished.
 *
 * @throws The error of the body. With the prelude out no other response can be sent, so the invocation fails.
 */
function sendStreaming(stream: Writable): (...args: Parameters<SendResponse>) => Promise<void> {
  return async (rendered, context) => {
    const body = openStream(stream, rendered);
    context.headersSent = true;
    try {
      await context.deadline.race(writeBody(body, rendered));
    } catch (error) {
      // The stream stays open: the runtime ends it with trailers that carry the error. Were it destroyed, the runtime
      // would wait forever and fetch no further event.
      if (isStreamed(rendered)) rendered.body.destroy();
      throw error;
    }
    context.sentStatus = rendered.statusCode;
  };
}

function openStream(stream: Writable, head: ResponseHead): Writable {
  const body = awsLambda()?.HttpResponseStream?.from(stream, preludeOf(head)) ?? stream;
  // The runtime sends the prelude with the first write, which a response without a body would never make.
  body.write('');
  return body;
}

async function writeBody(stream: Writable, rendered: AnyRenderedResponse): Promise<void> {
  // If a pipeline were to end the stream, it would also destroy it when the body fails.
  if (isStreamed(rendered)) await pipeline(rendered.body, stream, { end: false });
  stream.end(isStreamed(rendered) ? '' : (rendered.body ?? ''));
  await finished(stream, { readable: false });
}

function preludeOf({ statusCode, headers, cookies }: ResponseHead): StreamingPrelude {
  const joined = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return { statusCode, headers: Object.fromEntries(joined) as Record<string, string>, cookies: [...cookies] };
}
