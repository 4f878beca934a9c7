import { isRecord } from '../is-record.js';
import type { KafkaEvent } from './event.js';

export function detectKafka(event: unknown): event is KafkaEvent {
  if (!isRecord(event) || !isRecord(event['records'])) return false;
  return event['eventSource'] === 'aws:kafka' || event['eventSource'] === 'SelfManagedKafka';
}
