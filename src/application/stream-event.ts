import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Context as LambdaContext } from 'aws-lambda';
import type { Deliver } from './deliver.js';
import { deliverStreaming } from './deliver-streaming.js';
import type { Runtime } from './runtime.js';

/** Takes an event to its end, in Lambda's response stream. */
export async function streamEvent({ dispatch }: Runtime, event: unknown, context: LambdaContext, stream: Writable): Promise<void> {
  const deliver = deliverStreaming(stream);
  let delivery: ReturnType<Deliver> | undefined;
  const result = await dispatch(event, context, (rendered, exchange) => (delivery = deliver(rendered, exchange)));
  // A middleware may have answered an error that came halfway: what is out stays broken, and fails the invocation.
  if (delivery) await delivery;
  else await writeResult(stream, result);
}

/**
 * Writes what the handler would return, as JSON without a prelude: results of sources other than HTTP, whose retries
 * hang on them, and what a middleware answered before there was a response.
 */
async function writeResult(stream: Writable, result: unknown): Promise<void> {
  stream.end(JSON.stringify(result ?? null));
  await finished(stream, { readable: false });
}
