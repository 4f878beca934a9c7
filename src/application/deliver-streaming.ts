import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { type AnyRenderedResponse, isStreamed, type ResponseHead } from '../http/rendered-response.js';
import { awsLambda, type StreamingPrelude } from './aws-runtime.js';
import type { Deliver } from './deliver.js';

/**
 * Writes an answer into Lambda's response stream: the prelude, then the body as it comes, with backpressure.
 * Settles when the stream has finished.
 *
 * @throws What the body fails with. Once the prelude is out there is no other answer, so the invocation fails.
 */
export function deliverStreaming(stream: Writable): Deliver {
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
  const joined = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return { statusCode, headers: Object.fromEntries(joined) as Record<string, string>, cookies: [...cookies] };
}
