import type { KafkaRecord } from './event.js';

/** The key of a Kafka record as `@Record()` gives it; `null` where it has none. */
export function kafkaKey({ key }: Pick<KafkaRecord, 'key'>): Buffer | null {
  return typeof key === 'string' ? Buffer.from(key, 'base64') : null;
}

/** The headers of a Kafka record as `@Record()` gives it; of a repeated header the last one. */
export function kafkaHeaders({ headers }: Partial<Pick<KafkaRecord, 'headers'>>): Record<string, Buffer> {
  const pairs = (headers ?? []).flatMap((header) => Object.entries(header ?? {}));
  // Java's bytes are signed; a Buffer takes them modulo 256.
  return Object.fromEntries(pairs.map(([name, bytes]) => [name, Buffer.from(bytes ?? [])]));
}
