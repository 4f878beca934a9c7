import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/record-adapter.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { detectRecordAdapters } from '../events/record-adapters.js';
import { eventOfEnvelope, isSnsEnvelope } from '../events/sns/envelope.js';
import { type JsonCodec, parseJson } from '../http/json.js';
import { deliverBuffered } from './deliver.js';
import type { HttpDispatcher } from './http-dispatcher.js';

/** A request in a message whose answer was an error that trying again may mend. */
export class CarriedRequestError extends Error {
  override readonly name = 'CarriedRequestError';

  constructor(readonly statusCode: number) {
    super(`The request in the message was answered with ${statusCode}`);
  }
}

// What events have among their members, S3's first message to a queue as a value; a cheap look, so that ordinary messages are not parsed twice.
const EVENT_MEMBER = /"(?:requestContext|httpMethod|Records|detail-type|s3:TestEvent|TopicArn)"/;

/** The event in a record's text, `undefined` when it carries none. */
export function carriedEvent({ carriesEvents }: RecordAdapter, record: SourceRecord, json: JsonCodec): unknown {
  if (!carriesEvents) return undefined;
  const content = record.content();
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : content;
  if (typeof text !== 'string' || !EVENT_MEMBER.test(text)) return undefined;
  try {
    const event = unwrapped(parseJson(text, json));
    return isRequest(event) || detectRecordAdapters(event).length > 0 ? event : undefined;
  } catch {
    return undefined;
  }
}

/** A notification that SNS has put into a queue stands for SNS's event. */
function unwrapped(value: unknown): unknown {
  return isSnsEnvelope(value) ? eventOfEnvelope(value) : value;
}

export function isRequest(event: unknown): boolean {
  return detectHttpAdapter(event) !== undefined;
}

/**
 * Answers a request that came in a message.
 *
 * @param failFrom The least status that is a failure of the record: 500, or 400 where client errors are to be tried again.
 * @throws CarriedRequestError from that status on.
 */
export async function dispatchCarried(
  http: HttpDispatcher,
  request: unknown,
  lambdaContext: LambdaContext,
  failFrom: number,
): Promise<unknown> {
  const adapter = detectHttpAdapter(request);
  if (!adapter) throw new TypeError('The message carries no request');
  const result = await http.dispatch(adapter, request, lambdaContext, deliverBuffered);
  const { statusCode } = result as { statusCode: number };
  if (statusCode >= failFrom) throw new CarriedRequestError(statusCode);
  return result;
}
