import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { lastOfArn } from '../arn.js';
import { decodeRecords } from '../decode-records.js';

export function decodeSqs(event: SQSEvent): SourceRecord[] {
  return decodeRecords(event.Records, decodeRecord);
}

function decodeRecord(raw: SQSRecord): SourceRecord {
  const { messageId, body, attributes, eventSourceARN }: Partial<SQSRecord> = raw;
  const queue = lastOfArn(eventSourceARN);
  return {
    raw,
    id: messageId ?? '',
    attributes: { queue },
    // A standard queue's group is for fairness, not for order.
    group: queue.endsWith('.fifo') ? (attributes?.MessageGroupId ?? '') : undefined,
    attempt: Number(attributes?.ApproximateReceiveCount) || undefined,
    content: () => body ?? '',
  };
}
