import type { MSKEvent, MSKRecord, SelfManagedKafkaEvent } from 'aws-lambda';
import type { ItemIdentifier, RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { decodeRecords } from './reading/decode-records.js';
import { keyed, malformed, type Place, textAt } from './reading/malformed-event.js';
import { reportFirstFailures } from './results/batch-item-failures.js';

/** Kafka: Amazon MSK and self-managed clusters. */
export const kafka: RecordAdapter<KafkaEvent> = {
  source: 'kafka',
  batches: true,
  namesFailures: true,
  detect: detectKafka,
  decode: decodeKafka,
  encode: reportFirstFailures,
};

/** The event of Kafka, on MSK or self-managed. */
export type KafkaEvent = MSKEvent | SelfManagedKafkaEvent;

/** A raw Kafka record: key and value in base64, the bytes of headers as signed numbers. Tombstones have no value. */
export interface KafkaRecord extends Omit<MSKRecord, 'key' | 'value'> {
  key?: string | null;
  value?: string | null;
}

function detectKafka(event: unknown): event is KafkaEvent {
  return isJsonObject(event) && isJsonObject(event['records']) && SOURCES.has(event['eventSource']);
}

/** Amazon MSK and self-managed clusters; the AWS guide has used both names for the latter. */
const SOURCES: ReadonlySet<unknown> = new Set(['aws:kafka', 'SelfManagedKafka', 'aws:SelfManagedKafka']);

function decodeKafka({ records }: KafkaEvent): readonly SourceRecord[] {
  return Object.entries(records).flatMap(([partition, list]) =>
    decodeRecords(list, { path: keyed('records', partition), group: partition }, (raw, place) =>
      decodeRecord(raw, partition, place),
    ),
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

const TOMBSTONE = [''];

/** Whether the record deletes its key: it has no value. */
function isTombstone({ value }: PlainObject): boolean {
  return value === undefined || value === null;
}

function identifierOf(partition: string, offset: unknown): ItemIdentifier {
  return Number.isSafeInteger(offset) ? { partition, offset: offset as number } : '';
}

/**
 * Returns the key of a Kafka record from `@Record()`; `null` if it has none.
 *
 * @throws MalformedEventError if the key is not text.
 */
export function kafkaKey({ key }: Pick<KafkaRecord, 'key'>): Buffer | null {
  return key === null || key === undefined ? null : Buffer.from(textAt({ key }, 'key'), 'base64');
}

/**
 * Returns the headers of a Kafka record from `@Record()`. The last of repeated headers wins.
 *
 * @throws MalformedEventError if they are not a list of names with bytes.
 */
export function kafkaHeaders({ headers }: Partial<Pick<KafkaRecord, 'headers'>>): Record<string, Buffer> {
  const list: unknown = headers ?? [];
  if (!Array.isArray(list)) throw malformed('headers', list, 'a list');
  return Object.fromEntries(list.flatMap(pairsOf));
}

function pairsOf(header: unknown, index: number): [name: string, bytes: Buffer][] {
  if (!isJsonObject(header)) throw malformed(`headers[${index}]`, header, 'an object');
  return Object.entries(header).map(([name, bytes]) => {
    if (!Array.isArray(bytes) || !bytes.every(Number.isInteger))
      throw malformed(keyed(`headers[${index}]`, name), bytes, 'a list of bytes');
    // Java's bytes are signed; Buffer stores them modulo 256.
    return [name, Buffer.from(bytes)];
  });
}
