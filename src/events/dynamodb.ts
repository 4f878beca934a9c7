import type { AttributeValue, DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { attributeOfArns, nameInArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { malformed, type Place, textAt } from './reading/malformed-event.js';
import { unmarshall } from './reading/unmarshall.js';
import { encodeStream, inWindow, isWindowOf } from './results/tumbling-window.js';

/** DynamoDB Streams. */
export const dynamoDb: RecordAdapter<DynamoDBStreamEvent> = {
  source: 'dynamodb',
  batches: true,
  inWindow,
  detect: detectDynamoDb,
  decode: decodeDynamoDb,
  encode: encodeStream,
};

/** The content of a DynamoDB record for `@Body()`: a change of an item. */
export interface DynamoDbChange<Item = Record<string, unknown>, Keys = Record<string, unknown>> {
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  keys: Keys;
  /** The item after the change; absent after REMOVE, or if the stream's view type leaves it out. */
  newImage?: Item | undefined;
  /** The item before the change; absent after INSERT, or if the stream's view type leaves it out. */
  oldImage?: Item | undefined;
}

function detectDynamoDb(event: unknown): event is DynamoDBStreamEvent {
  return isJsonObject(event) && (recordService(event) === 'aws:dynamodb' || isWindowOf('dynamodb', event));
}

// An event comes from one shard. Only events of tumbling windows name it, so the group is a constant.
const GROUP = 'shard';

function decodeDynamoDb(event: DynamoDBStreamEvent): readonly SourceRecord[] {
  const tableOf = attributeOfArns('table', (arn) => nameInArn(arn, 'table'));
  return decodeRecords(event.Records, { path: 'Records', group: GROUP }, (raw, place) =>
    decodeRecord(raw, place, tableOf(raw['eventSourceARN'])),
  );
}

function decodeRecord(raw: PlainObject, place: Place, attributes: SourceRecord['attributes']): SourceRecord {
  return {
    raw,
    id: asString(raw['eventID']) ?? '',
    identifier: asString(asJsonObject(raw['dynamodb'])['SequenceNumber']) ?? '',
    attributes,
    group: GROUP,
    mayLack: MAY_LACK,
    content: () => changeOf(raw, place),
  };
}

/** An image is missing before INSERT, after REMOVE, or because of the stream's view type. */
const MAY_LACK: readonly (keyof DynamoDbChange)[] = ['newImage', 'oldImage'];

/** @throws MalformedEventError if it describes no change. */
function changeOf(raw: PlainObject, place: Place): Partial<DynamoDbChange> {
  const { dynamodb } = raw;
  if (!isJsonObject(dynamodb)) throw malformed(`${place}.dynamodb`, dynamodb, 'an object');
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
  if (!isJsonObject(image)) throw malformed(path, image, 'an object');
  return unmarshall(image as Record<string, AttributeValue>, path);
}
