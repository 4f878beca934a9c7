import type { SQSEvent } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { lastOfArn } from '../arn.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { asText } from '../as-text.js';
import { decodeRecords } from '../decode-records.js';
import { type Place, textAt } from '../place.js';

export function decodeSqs(event: SQSEvent): readonly SourceRecord[] {
  return decodeRecords(event.Records, { path: 'Records' }, decodeRecord);
}

function decodeRecord(raw: PlainObject, place: Place): SourceRecord {
  const queue = lastOfArn(raw['eventSourceARN']);
  const attributes = asRecord(raw['attributes']);
  return {
    raw,
    id: asString(raw['messageId']) ?? '',
    attributes: { queue },
    // A standard queue's group is for fairness, not for order.
    group: queue.endsWith('.fifo') ? (asString(attributes['MessageGroupId']) ?? '') : undefined,
    attempt: Number(asText(attributes['ApproximateReceiveCount'])) || undefined,
    content: () => textAt(raw, 'body', place),
  };
}
