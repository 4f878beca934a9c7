import { randomBytes } from 'node:crypto';
import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import type { DynamoDbChange } from '../events/dynamodb.js';
import { type SampleChanges, sampleRecords } from './records.js';

/** A change of an item in plain objects. A `Set` becomes a DynamoDB set. */
type DynamoDbSample = Partial<DynamoDbChange>;

const FIRST = 4421584500000000017450439091n;

/** Builds the changes of a table's items, in order. `eventName` is optional, because the images imply it. */
export function sampleDynamoDb(
  table: string,
  changes: readonly DynamoDbSample[],
  records?: SampleChanges<DynamoDBRecord>,
): DynamoDBStreamEvent {
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

/** Converts a plain object to an item's attributes. Members that are `undefined` are left out. */
export function marshall(item: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const members = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' || typeof value === 'bigint') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null || value === undefined) return { NULL: true };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return setOf([...value] as unknown[]);
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return { M: marshall(value as Record<string, unknown>) };
}

/** The first member determines the type of the set. */
function setOf(members: readonly unknown[]): AttributeValue {
  const [first] = members;
  if (first instanceof Uint8Array)
    return { BS: members.map((bytes) => Buffer.from(bytes as Uint8Array).toString('base64')) };
  return typeof first === 'string' ? { SS: members.map(String) } : { NS: members.map(String) };
}
