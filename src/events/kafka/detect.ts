import { isRecord } from '../is-record.js';
import type { KafkaEvent } from './event.js';

export function detectKafka(event: unknown): event is KafkaEvent {
  return isRecord(event) && isRecord(event['records']) && SOURCES.has(event['eventSource']);
}

/** MSK, and clusters of one's own: AWS's guide has named these in both ways. */
const SOURCES: ReadonlySet<unknown> = new Set(['aws:kafka', 'SelfManagedKafka', 'aws:SelfManagedKafka']);
