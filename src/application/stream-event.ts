import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { type AnyRenderedResponse, isStreamed, type ResponseHead } from '../http/response/rendered-response.js';
import { Deadline } from '../pipeline/deadline.js';
import type { Dispatch } from './event-dispatcher.js';
import { timeLeft } from './event/event-context.js';
import type { Exchange, SendResponse } from './http/send-response.js';
import { awsLambda, type Invocation, type StreamingPrelude } from './lambda-runtime.js';

/** Takes an event to its end, in Lambda's response stream. */
export async function streamEvent(dispatch: Dispatch, { event, context }: Invocation, stream: Writable): Promise<void> {
  const deliver = sendStreaming(stream);
  let latest: Exchange | undefined;
  let delivery: ReturnType<SendResponse> | undefined;
  const result = await dispatch(event, context, (rendered, exchange) => {
    // Middlewares may be late, when their answer is out already.
    if (delivery && latest?.context.headersSent) return delivery;
    latest = exchange;
    return (delivery = deliver(rendered, exchange));
  });
  // A middleware may have answered an error that came halfway: what is out stays broken, and fails the invocation.
  if (delivery) await delivery;
  else await new Deadline(timeLeft(context) / 2).race(writeResult(stream, result));
}

/**
 * Writes what the handler would return, as JSON without a prelude: results of sources other than HTTP, whose retries
 * hang on them, and what a middleware answered before there was a response.
 */
async function writeResult(stream: Writable, result: unknown): Promise<void> {
  stream.end(JSON.stringify(result ?? null));
  await finished(stream, { readable: false });
}

/**
 * Writes an answer into Lambda's response stream: the prelude, then the body as it comes, with backpressure.
 * Settles when the stream has finished.
 *
 * @throws What the body fails with. Once the prelude is out there is no other answer, so the invocation fails.
 */
function sendStreaming(stream: Writable): SendResponse {
  return async (rendered, { context }) => {
    const body = openStream(stream, rendered);
    context.headersSent = true;
    try {
      await context.deadline.race(writeBody(body, rendered));
    } catch (error) {
      // The stream stays open for the runtime to end it with trailers that tell the error. With a destroyed one
      // the runtime waits for ever, and asks for no further event.
      if (isStreamed(rendered)) rendered.body.destroy();
      throw error;
    }
    return { head: rendered, result: undefined };
  };
}

function openStream(stream: Writable, head: ResponseHead): Writable {
  const body = awsLambda()?.HttpResponseStream?.from(stream, preludeOf(head)) ?? stream;
  // The runtime sends the prelude with the first write; an answer without a body has none of its own.
  body.write('');
  return body;
}

async function writeBody(stream: Writable, rendered: AnyRenderedResponse): Promise<void> {
  // Left to end it, a pipeline destroys the stream when the body fails.
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
