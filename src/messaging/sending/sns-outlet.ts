import type { PublishBatchRequestEntry, SNSClient } from '@aws-sdk/client-sns';
import { attributesSize, outcomesOf, sentAttributes } from './batch-entries.js';
import type { LazyClient } from './lazy-client.js';
import type { OutgoingMessage, Outlet, OutletLimits } from './message-sender.js';

export type SnsSdk = Pick<typeof import('@aws-sdk/client-sns'), 'SNSClient' | 'PublishBatchCommand'>;

/** 1 MiB, if the topic's `MaximumMessageSize` allows it (SNS API reference, PublishBatch). */
const MESSAGE_LIMIT = 1024 * 1024;

/** 256 KiB, which every topic allows. A larger message goes alone, and the topic decides. */
const BATCH_LIMIT = 256 * 1024;

export const topicLimits: OutletLimits = {
  messageLimit: MESSAGE_LIMIT,
  batchLimit: BATCH_LIMIT,
  sizeOf: ({ body, attributes }) => Buffer.byteLength(body) + attributesSize(attributes),
};

/**
 * Returns the way into an SNS topic. The X-Ray trace goes in a header of the request, which the SDK writes on Lambda.
 */
export function snsOutlet(topicArn: string, service: LazyClient<SnsSdk, SNSClient>): Outlet {
  return {
    ...topicLimits,
    async send(messages, signal) {
      const { sdk, client } = await service.open();
      const input = { TopicArn: topicArn, PublishBatchRequestEntries: messages.map(entryOf) };
      const command = new sdk.PublishBatchCommand(input);
      return outcomesOf(messages.length, await client.send(command, signal && { abortSignal: signal }));
    },
  };
}

function entryOf(
  { body, attributes, groupId, deduplicationId }: OutgoingMessage,
  index: number,
): PublishBatchRequestEntry {
  return {
    Id: String(index),
    Message: body,
    MessageAttributes: sentAttributes(attributes),
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
  };
}
