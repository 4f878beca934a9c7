import { randomBytes } from 'node:crypto';
import type { DynamoDBRecord, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import { type SampleChanges, sampleRecords } from '../sample-records.js';
import type { DynamoDbChange } from './change.js';
import { marshall } from './marshall.js';

/** What happened to an item, in plain objects; a `Set` is a set of DynamoDB. */
export type DynamoDbSample = Partial<DynamoDbChange>;

const FIRST = 4421584500000000017450439091n;

/** Changes of a table's items, in their order. What the images tell needs no `eventName`. */
export function sampleDynamoDb(table: string, changes: readonly DynamoDbSample[], records?: SampleChanges<DynamoDBRecord>): DynamoDBStreamEvent {
  return { Records: sampleRecords(changes, (change, index) => sampleRecord(table, change, index), records) };
}

function sampleRecord(table: string, change: DynamoDbSample, index: number): DynamoDBRecord {
  return {
    eventID: randomBytes(16).toString('hex'),
    eventName: change.eventName ?? eventNameOf(change),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      ...imagesOf(change),
      SequenceNumber: String(FIRST + BigInt(index)),
      SizeBytes: 26,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: `arn:aws:dynamodb:us-east-1:123456789012:table/${table}/stream/2026-01-01T00:00:00.000`,
  };
}

function imagesOf({ keys = {}, newImage, oldImage }: DynamoDbSample): StreamRecord {
  return {
    Keys: marshall(keys),
    ...(newImage && { NewImage: marshall(newImage) }),
    ...(oldImage && { OldImage: marshall(oldImage) }),
  };
}

function eventNameOf({ newImage, oldImage }: DynamoDbSample): DynamoDbChange['eventName'] {
  if (!newImage) return 'REMOVE';
  return oldImage ? 'MODIFY' : 'INSERT';
}
