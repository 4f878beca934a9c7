import type { SQSEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, asText, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { attributeOfArns, lastOfArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';
import { reportFailures } from './results/batch-item-failures.js';

/** SQS queues, standard and FIFO. */
export const sqs: RecordAdapter<SQSEvent> = {
  source: 'sqs',
  batches: true,
  namesFailures: true,
  detect: detectSqs,
  decode: decodeSqs,
  encode: reportFailures,
};

function detectSqs(event: unknown): event is SQSEvent {
  return isJsonObject(event) && recordService(event) === 'aws:sqs';
}

function decodeSqs(event: SQSEvent): readonly SourceRecord[] {
  const queueOf = attributeOfArns('queue', lastOfArn);
  return decodeRecords(event.Records, { path: 'Records' }, (raw, place) =>
    decodeRecord(raw, place, withType(queueOf(raw['eventSourceARN']), raw)),
  );
}

interface Attributes extends Readonly<Record<string, string>> {
  readonly queue: string;
}

/**
 * Adds the type of a message, if it has one: the message attribute `type`. Messages without one share the attributes of
 * their queue.
 */
function withType(ofQueue: Attributes, { messageAttributes }: PlainObject): Attributes {
  if (!isJsonObject(messageAttributes) || !Object.hasOwn(messageAttributes, 'type')) return ofQueue;
  const { dataType, stringValue } = asJsonObject(messageAttributes['type']);
  const isText = dataType === 'String' && typeof stringValue === 'string' && stringValue !== '';
  return isText ? { ...ofQueue, type: stringValue } : ofQueue;
}

function decodeRecord(raw: PlainObject, place: Place, attributes: Attributes): SourceRecord {
  const system = asJsonObject(raw['attributes']);
  return {
    raw,
    id: asString(raw['messageId']) ?? '',
    attributes,
    // In a standard queue, groups are for fairness, not for order.
    group: attributes.queue.endsWith('.fifo') ? (asString(system['MessageGroupId']) ?? '') : undefined,
    attempt: Number(asText(system['ApproximateReceiveCount'])) || undefined,
    content: () => textAt(raw, 'body', place),
  };
}
