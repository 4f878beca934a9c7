import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';

export function decodeSqs(event: SQSEvent): SourceRecord[] {
  return event.Records.map(decodeRecord);
}

function decodeRecord(raw: SQSRecord): SourceRecord {
  const { messageId, body, attributes, eventSourceARN } = raw;
  const queue = eventSourceARN?.split(':').at(-1) ?? '';
  return {
    raw,
    id: messageId,
    attributes: { queue },
    // A standard queue's group is for fairness, not for order.
    group: queue.endsWith('.fifo') ? attributes?.MessageGroupId : undefined,
    attempt: Number(attributes?.ApproximateReceiveCount) || undefined,
    content: () => body ?? '',
  };
}
