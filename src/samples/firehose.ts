import type { FirehoseTransformationEvent, FirehoseTransformationEventRecord } from 'aws-lambda';
import { base64Content, type SampleChanges, sampleRecords } from './records.js';

const FIRST = 49546986683135544286507457936321625675700192471156785154n;

/** Builds records that a delivery stream of Firehose wants to have transformed. */
export function sampleFirehose(
  stream: string,
  contents: readonly unknown[],
  changes?: SampleChanges<FirehoseTransformationEventRecord>,
): FirehoseTransformationEvent {
  return {
    invocationId: 'd2f5a5c4-3a76-4f1b-8d0c-2b7f4e1c9a10',
    deliveryStreamArn: `arn:aws:firehose:us-east-1:123456789012:deliverystream/${stream}`,
    region: 'us-east-1',
    records: sampleRecords(contents, sampleRecord, changes),
  };
}

function sampleRecord(content: unknown, index: number): FirehoseTransformationEventRecord {
  return {
    recordId: `${FIRST + BigInt(index)}000000`,
    approximateArrivalTimestamp: Date.now(),
    data: base64Content(content),
  };
}
