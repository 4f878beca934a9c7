import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Deadline } from '../pipeline/deadline.js';
import type { Invocation } from './bootstrap.js';
import type { Deliver, Exchange } from './deliver.js';
import { deliverStreaming } from './deliver-streaming.js';
import type { Dispatch } from './dispatch.js';
import { timeLeft } from './time-left.js';

/** Takes an event to its end, in Lambda's response stream. */
export async function streamEvent(dispatch: Dispatch, { event, context }: Invocation, stream: Writable): Promise<void> {
  const deliver = deliverStreaming(stream);
  let latest: Exchange | undefined;
  let delivery: ReturnType<Deliver> | undefined;
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
