import { createHash, randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { type SampleChanges, sampleRecords, textContent } from './records.js';

/** Builds messages of a queue, received for the first time. Those of a `.fifo` queue are in one group. */
export function sampleSqs(queue: string, bodies: readonly unknown[], changes?: SampleChanges<SQSRecord>): SQSEvent {
  return { Records: sampleRecords(bodies, (body, index) => sampleMessage(queue, textContent(body), index), changes) };
}

function sampleMessage(queue: string, body: string, index: number): SQSRecord {
  const sent = Date.now() - 1000;
  return {
    messageId: randomUUID(),
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sent),
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(sent + 1),
      ...(queue.endsWith('.fifo') ? fifoAttributes(body, index) : {}),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queue}`,
    awsRegion: 'us-east-1',
  };
}

function fifoAttributes(body: string, index: number): Partial<SQSRecord['attributes']> {
  return {
    SequenceNumber: String(18849496460467696128n + BigInt(index)),
    MessageGroupId: 'group',
    MessageDeduplicationId: createHash('sha256').update(body).digest('hex'),
  };
}
