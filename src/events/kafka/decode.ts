import type { ItemIdentifier, SourceRecord } from '../../contracts/record-adapter.js';
import { decodeRecords } from '../decode-records.js';
import type { KafkaEvent, KafkaRecord } from './event.js';

export function decodeKafka({ records }: KafkaEvent): SourceRecord[] {
  return Object.entries(records as Record<string, KafkaRecord[] | null>).flatMap(([partition, list]) =>
    decodeRecords(list ?? [], (raw) => decodeRecord(raw, partition)),
  );
}

/** @param partition With its topic, as in `orders-0`. */
function decodeRecord(raw: KafkaRecord, partition: string): SourceRecord {
  const { topic, offset, value }: Partial<KafkaRecord> = raw;
  const identifier = identifierOf(partition, offset);
  return {
    raw,
    id: identifier === '' ? '' : `${partition}:${offset}`,
    identifier,
    attributes: { topic: topic ?? partition.replace(/-\d+$/, '') },
    group: partition,
    mayLack: value === undefined || value === null ? TOMBSTONE : undefined,
    content: () => (typeof value === 'string' ? Buffer.from(value, 'base64') : null),
  };
}

/** A record whose key is to be forgotten has no value. */
const TOMBSTONE = [''];

function identifierOf(partition: string, offset: number | undefined): ItemIdentifier {
  return typeof offset === 'number' ? { partition, offset } : '';
}
