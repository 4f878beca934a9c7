import type { ItemIdentifier, SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { asString } from '../as-string.js';
import { decodeRecords } from '../decode-records.js';
import { keyed, type Place, textAt } from '../place.js';
import type { KafkaEvent } from './event.js';

export function decodeKafka({ records }: KafkaEvent): readonly SourceRecord[] {
  return Object.entries(records).flatMap(([partition, list]) =>
    decodeRecords(list, { path: keyed('records', partition), group: partition }, (raw, place) => decodeRecord(raw, partition, place)),
  );
}

/** @param partition With its topic, as in `orders-0`. */
function decodeRecord(raw: PlainObject, partition: string, place: Place): SourceRecord {
  const identifier = identifierOf(partition, raw['offset']);
  return {
    raw,
    id: identifier === '' ? '' : `${partition}:${raw['offset'] as number}`,
    identifier,
    attributes: { topic: asString(raw['topic']) ?? partition.replace(/-\d+$/, '') },
    group: partition,
    mayLack: isTombstone(raw) ? TOMBSTONE : undefined,
    content: () => (isTombstone(raw) ? null : Buffer.from(textAt(raw, 'value', place), 'base64')),
  };
}

/** A record whose key is to be forgotten has no value. */
const TOMBSTONE = [''];

function isTombstone({ value }: PlainObject): boolean {
  return value === undefined || value === null;
}

function identifierOf(partition: string, offset: unknown): ItemIdentifier {
  return Number.isSafeInteger(offset) ? { partition, offset: offset as number } : '';
}
