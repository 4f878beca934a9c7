import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { nameInArn } from '../arn.js';
import { decodeRecords } from '../decode-records.js';
import type { DynamoDbChange } from './change.js';
import { unmarshall } from './unmarshall.js';

export function decodeDynamoDb(event: DynamoDBStreamEvent): SourceRecord[] {
  return decodeRecords(event.Records, decodeRecord);
}

function decodeRecord(raw: DynamoDBRecord): SourceRecord {
  return {
    raw,
    id: raw.eventID ?? '',
    identifier: raw.dynamodb?.SequenceNumber ?? '',
    attributes: { table: nameInArn(raw.eventSourceARN, 'table') },
    // An event is a part of one shard; its name is told in tumbling windows only.
    group: 'shard',
    mayLack: MAY_LACK,
    content: () => changeOf(raw),
  };
}

/** An image of what was not there before, or is not afterwards; any of them by the stream's view type. */
const MAY_LACK: readonly (keyof DynamoDbChange)[] = ['newImage', 'oldImage'];

function changeOf(raw: DynamoDBRecord): Partial<DynamoDbChange> {
  const { Keys, NewImage, OldImage } = raw.dynamodb ?? {};
  return {
    eventName: raw.eventName,
    keys: Keys && unmarshall(Keys),
    newImage: NewImage && unmarshall(NewImage),
    oldImage: OldImage && unmarshall(OldImage),
  };
}
