import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { attributesSize, outcomesOf, sentAttributes } from './batch-entries.js';
import type { LazyClient } from './lazy-client.js';
import type { OutgoingMessage, Outlet, OutletLimits } from './message-sender.js';

export type SqsSdk = Pick<typeof import('@aws-sdk/client-sqs'), 'SQSClient' | 'SendMessageBatchCommand'>;

/** 1 MiB for a message with its attributes, and for all messages of a request (SQS API reference, SendMessageBatch). */
const LIMIT = 1024 * 1024;

export const queueLimits: OutletLimits = {
  messageLimit: LIMIT,
  batchLimit: LIMIT,
  sizeOf: ({ body, attributes }) => Buffer.byteLength(body) + attributesSize(attributes),
};

/** Returns the way into an SQS queue. */
export function sqsOutlet(queueUrl: string, service: LazyClient<SqsSdk, SQSClient>): Outlet {
  return {
    ...queueLimits,
    async send(messages, signal) {
      const { sdk, client } = await service.open();
      const command = new sdk.SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: messages.map(entryOf) });
      return outcomesOf(messages.length, await client.send(command, signal && { abortSignal: signal }));
    },
  };
}

function entryOf(message: OutgoingMessage, index: number): SendMessageBatchRequestEntry {
  const { body, attributes, groupId, deduplicationId, delay, traceHeader } = message;
  const trace = traceHeader && { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } };
  return {
    Id: String(index),
    MessageBody: body,
    MessageAttributes: sentAttributes(attributes),
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
    DelaySeconds: delay,
    ...(trace && { MessageSystemAttributes: trace }),
  };
}
