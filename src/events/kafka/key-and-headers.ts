import { isRecord } from '../is-record.js';
import { malformed } from '../malformed-event.js';
import { keyed, textAt } from '../place.js';
import type { KafkaRecord } from './event.js';

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
  if (!isRecord(header)) throw malformed(`headers[${index}]`, header, 'an object');
  return Object.entries(header).map(([name, bytes]) => {
    if (!Array.isArray(bytes) || !bytes.every(Number.isInteger)) throw malformed(keyed(`headers[${index}]`, name), bytes, 'a list of bytes');
    // Java's bytes are signed; a Buffer takes them modulo 256.
    return [name, Buffer.from(bytes as number[])];
  });
}
