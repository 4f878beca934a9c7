import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { RecordChanges } from '../../samples/records.js';
import { sampleSqs } from '../../samples/sqs.js';
import { digestOf, recordAttributes } from './message-attributes.js';
import type { SendParameters } from './send-parameters.js';

/** A message in a queue. */
export interface Message extends SendParameters {
  readonly id: string;
  /** Set in FIFO queues. */
  readonly sequenceNumber: string | undefined;
  /** Milliseconds since the Unix epoch, as all times here. */
  readonly sentAt: number;
  /** The time from which the message may be delivered. */
  visibleAt: number;
  /** The number of deliveries. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** Returns the event that delivers messages to the function. */
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
    messageAttributes: recordAttributes(attributes),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
  };
}
