import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { base64Content, type SampleChanges, sampleRecords } from './records.js';

const FIRST = 49590338271490256608559692538361571095921575989136588898n;

/** Builds records of one shard of a stream, in order. */
export function sampleKinesis(
  stream: string,
  contents: readonly unknown[],
  changes?: SampleChanges<KinesisStreamRecord>,
): KinesisStreamEvent {
  return { Records: sampleRecords(contents, (content, index) => sampleRecord(stream, content, index), changes) };
}

function sampleRecord(stream: string, content: unknown, index: number): KinesisStreamRecord {
  const sequenceNumber = String(FIRST + BigInt(index));
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'key',
      sequenceNumber,
      data: base64Content(content),
      approximateArrivalTimestamp: Date.now() / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000006:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'us-east-1',
    eventSourceARN: `arn:aws:kinesis:us-east-1:123456789012:stream/${stream}`,
  };
}
