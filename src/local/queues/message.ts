import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { sampleSqs } from '../../events/sqs/sample.js';
import type { RecordChanges } from '../../events/sample-records.js';
import { digestOf, toRecordAttributes } from './message-attributes.js';
import type { SendParameters } from './send-parameters.js';

/** A message in a queue. */
export interface Message extends SendParameters {
  readonly id: string;
  /** Of a FIFO queue. */
  readonly sequenceNumber: string | undefined;
  /** Milliseconds since 1970, as all times here are. */
  readonly sentAt: number;
  /** From when on it may be delivered. */
  visibleAt: number;
  /** How often it was delivered. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** The event in which Lambda delivers messages. */
export function eventOf(queue: string, messages: readonly Message[]): SQSEvent {
  const bodies = messages.map(({ body }) => body);
  return sampleSqs(queue, bodies, (index) => recordOf(messages[index]!));
}

function recordOf(message: Message): RecordChanges<SQSRecord> {
  const { id, attributes, systemAttributes, group, deduplicationId, sequenceNumber } = message;
  const digest = digestOf(attributes);
  return {
    messageId: id,
    receiptHandle: `${id}#${message.receiveCount}`,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...(group !== undefined && { MessageGroupId: group }),
      ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
      ...Object.fromEntries(systemAttributes.map(({ name, value }) => [name, value])),
    },
    messageAttributes: toRecordAttributes(attributes),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
  };
}
