import type { AttributeValue, DynamoDBStreamEvent } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { nameInArn } from '../arn.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { decodeRecords } from '../decode-records.js';
import { isRecord } from '../is-record.js';
import { malformed } from '../malformed-event.js';
import { type Place, textAt } from '../place.js';
import type { DynamoDbChange } from './change.js';
import { unmarshall } from './unmarshall.js';

// An event is a part of one shard; its name is told in tumbling windows only.
const GROUP = 'shard';

export function decodeDynamoDb(event: DynamoDBStreamEvent): readonly SourceRecord[] {
  return decodeRecords(event.Records, { path: 'Records', group: GROUP }, decodeRecord);
}

function decodeRecord(raw: PlainObject, place: Place): SourceRecord {
  return {
    raw,
    id: asString(raw['eventID']) ?? '',
    identifier: asString(asRecord(raw['dynamodb'])['SequenceNumber']) ?? '',
    attributes: { table: nameInArn(raw['eventSourceARN'], 'table') },
    group: GROUP,
    mayLack: MAY_LACK,
    content: () => changeOf(raw, place),
  };
}

/** An image of what was not there before, or is not afterwards; any of them by the stream's view type. */
const MAY_LACK: readonly (keyof DynamoDbChange)[] = ['newImage', 'oldImage'];

/** @throws MalformedEventError when it tells of no change. */
function changeOf(raw: PlainObject, place: Place): Partial<DynamoDbChange> {
  const { dynamodb } = raw;
  if (!isRecord(dynamodb)) throw malformed(`${place}.dynamodb`, dynamodb, 'an object');
  const image = (name: string) => imageAt(dynamodb, name, place);
  return {
    eventName: textAt(raw, 'eventName', place) as DynamoDbChange['eventName'],
    keys: image('Keys'),
    newImage: image('NewImage'),
    oldImage: image('OldImage'),
  };
}

function imageAt(dynamodb: PlainObject, name: string, place: Place): Record<string, unknown> | undefined {
  const image = dynamodb[name];
  if (image === undefined || image === null) return undefined;
  const path = `${place}.dynamodb.${name}`;
  if (!isRecord(image)) throw malformed(path, image, 'an object');
  return unmarshall(image as Record<string, AttributeValue>, path);
}
