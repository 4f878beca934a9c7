import type { AttributeValue, DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { pollutes } from '../http/message/hostile-input.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { nameInArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { keyed, malformed, MalformedEventError, type Place, textAt } from './reading/malformed-event.js';
import { encodeStream, inWindow, isWindowOf } from './tumbling-window.js';

export const dynamoDb: RecordAdapter<DynamoDBStreamEvent> = {
  source: 'dynamodb',
  batches: true,
  inWindow,
  detect: detectDynamoDb,
  decode: decodeDynamoDb,
  encode: encodeStream,
};

/** What happened to an item: the content of a DynamoDB record, for `@Body()`. */
export interface DynamoDbChange<Item = Record<string, unknown>, Keys = Record<string, unknown>> {
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  keys: Keys;
  /** The item as it is now; absent after REMOVE, and where the stream's view type leaves it out. */
  newImage?: Item | undefined;
  /** The item as it was; absent after INSERT, and where the stream's view type leaves it out. */
  oldImage?: Item | undefined;
}

function detectDynamoDb(event: unknown): event is DynamoDBStreamEvent {
  return isJsonObject(event) && (recordService(event) === 'aws:dynamodb' || isWindowOf('dynamodb', event));
}

// An event is a part of one shard; its name is told in tumbling windows only.
const GROUP = 'shard';

function decodeDynamoDb(event: DynamoDBStreamEvent): readonly SourceRecord[] {
  return decodeRecords(event.Records, { path: 'Records', group: GROUP }, decodeRecord);
}

function decodeRecord(raw: PlainObject, place: Place): SourceRecord {
  return {
    raw,
    id: asString(raw['eventID']) ?? '',
    identifier: asString(asJsonObject(raw['dynamodb'])['SequenceNumber']) ?? '',
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

/**
 * Makes a plain object of an item's attributes. Sets become lists, binary values Buffers, numbers what holds them
 * without loss: a number, else a BigInt, else (a fraction with too many digits) text.
 *
 * @param path Where the attributes stand in the event, for messages.
 * @throws MalformedEventError naming what is no attribute value (AWS: `AttributeValue` of DynamoDB Streams).
 */
export function unmarshall(
  attributes: Readonly<Record<string, AttributeValue>>,
  path = 'item',
): Record<string, unknown> {
  try {
    return membersOf(attributes, 0) as Record<string, unknown>;
  } catch (error) {
    throw error instanceof Misfit ? error.at(path) : error;
  }
}

/** DynamoDB nests lists and maps up to 32 levels deep. */
const MAX_DEPTH = 64;

/** What is no attribute value; its path grows on the way up, so that values which are right need none. */
class Misfit extends Error {
  readonly #keys: string[] = [];

  constructor(
    readonly value: unknown,
    readonly wanted: string,
  ) {
    super();
  }

  within(key: string): this {
    this.#keys.unshift(key);
    return this;
  }

  at(path: string): MalformedEventError {
    return malformed(this.#keys.reduce(keyed, path), this.value, this.wanted);
  }
}

function membersOf(attributes: unknown, depth: number): unknown {
  if (!isJsonObject(attributes)) throw new Misfit(attributes, 'an object of attributes');
  const entries: [string, unknown][] = [];
  let name = '';
  try {
    for (name of Object.keys(attributes)) {
      const value = valueOf(attributes[name], depth);
      if (!pollutes(name, value)) entries.push([name, value]);
    }
  } catch (error) {
    throw placed(error, name);
  }
  return Object.fromEntries(entries);
}

function valueOf(attribute: unknown, depth: number): unknown {
  const [type = '', ...others] = isJsonObject(attribute) ? Object.keys(attribute) : [];
  const read = READERS[type];
  if (!read || others.length > 0) throw new Misfit(attribute, 'an attribute of a type that DynamoDB has');
  if (depth >= MAX_DEPTH) throw new Misfit(attribute, `nested at most ${MAX_DEPTH} levels deep`);
  try {
    return read((attribute as PlainObject)[type], depth + 1);
  } catch (error) {
    throw placed(error, type);
  }
}

function itemsOf(read: (item: unknown, depth: number) => unknown) {
  return (items: unknown, depth: number): unknown[] => {
    if (!Array.isArray(items)) throw new Misfit(items, 'a list');
    let index = 0;
    try {
      const values: unknown[] = [];
      for (; index < items.length; index++) values.push(read(items[index], depth));
      return values;
    } catch (error) {
      throw placed(error, String(index));
    }
  };
}

function placed(error: unknown, key: string): unknown {
  return error instanceof Misfit ? error.within(key) : error;
}

const READERS: Readonly<Record<string, (value: unknown, depth: number) => unknown>> = Object.assign(
  Object.create(null) as object,
  {
    S: textOf,
    N: numberOf,
    B: bytesOf,
    BOOL: booleanOf,
    NULL: () => null,
    L: itemsOf(valueOf),
    M: membersOf,
    SS: itemsOf(textOf),
    NS: itemsOf(numberOf),
    BS: itemsOf(bytesOf),
  },
);

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Misfit(value, 'text');
}

function booleanOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new Misfit(value, 'true or false');
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(textOf(value), 'base64');
}

// 38 digits, a sign, a point and an exponent are about 45 characters.
const MAX_NUMBER = 100;
const NUMBER = /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,3})?$/i;

/**
 * DynamoDB keeps 38 digits, a number about 16: of those that look different afterwards, up to 15 digits are still
 * exact.
 */
function numberOf(value: unknown): number | bigint | string {
  const text = textOf(value);
  if (text.length > MAX_NUMBER || !NUMBER.test(text)) throw new Misfit(value, 'a number as text');
  const number = Number(text);
  if (String(number) === text || significantDigits(text) <= 15) return number;
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

function significantDigits(text: string): number {
  const [mantissa = ''] = text.split(/e/i, 1);
  return mantissa.replace(/[-+.]/g, '').replace(/^0+|(?<!0)0+$/g, '').length;
}
