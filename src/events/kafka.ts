import type { MSKEvent, MSKRecord, SelfManagedKafkaEvent } from 'aws-lambda';
import type { ItemIdentifier, RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { reportFirstFailures } from './outcomes.js';
import { decodeRecords } from './reading/decode-records.js';
import { keyed, malformed, type Place, textAt } from './reading/malformed-event.js';

/** Records of MSK and of clusters of one's own. */
export const kafka: RecordAdapter<KafkaEvent> = {
  source: 'kafka',
  batches: true,
  detect: detectKafka,
  decode: decodeKafka,
  encode: reportFirstFailures,
};

/** What Lambda delivers from Kafka, on MSK or of one's own. */
export type KafkaEvent = MSKEvent | SelfManagedKafkaEvent;

/** As Lambda delivers it: key and value in base64, the bytes of headers as signed numbers. A tombstone has no value. */
export interface KafkaRecord extends Omit<MSKRecord, 'key' | 'value'> {
  key?: string | null;
  value?: string | null;
}

function detectKafka(event: unknown): event is KafkaEvent {
  return isJsonObject(event) && isJsonObject(event['records']) && SOURCES.has(event['eventSource']);
}

/** MSK, and clusters of one's own: AWS's guide has named these in both ways. */
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

/** A record whose key is to be forgotten has no value. */
const TOMBSTONE = [''];

function isTombstone({ value }: PlainObject): boolean {
  return value === undefined || value === null;
}

function identifierOf(partition: string, offset: unknown): ItemIdentifier {
  return Number.isSafeInteger(offset) ? { partition, offset: offset as number } : '';
}

/**
 * The key of a Kafka record as `@Record()` gives it; `null` where it has none.
 *
 * @throws MalformedEventError when it is no text.
 */
export function kafkaKey({ key }: Pick<KafkaRecord, 'key'>): Buffer | null {
  return key === null || key === undefined ? null : Buffer.from(textAt({ key }, 'key'), 'base64');
}

/**
 * The headers of a Kafka record as `@Record()` gives it; of a repeated header the last one.
 *
 * @throws MalformedEventError when they are no list of names with bytes.
 */
export function kafkaHeaders({ headers }: Partial<Pick<KafkaRecord, 'headers'>>): Record<string, Buffer> {
  const list: unknown = headers ?? [];
  if (!Array.isArray(list)) throw malformed('headers', list, 'a list');
  return Object.fromEntries((list as readonly unknown[]).flatMap(pairsOf));
}

function pairsOf(header: unknown, index: number): [name: string, bytes: Buffer][] {
  if (!isJsonObject(header)) throw malformed(`headers[${index}]`, header, 'an object');
  return Object.entries(header).map(([name, bytes]) => {
    if (!Array.isArray(bytes) || !bytes.every(Number.isInteger))
      throw malformed(keyed(`headers[${index}]`, name), bytes, 'a list of bytes');
    // Java's bytes are signed; a Buffer takes them modulo 256.
    return [name, Buffer.from(bytes as number[])];
  });
}
