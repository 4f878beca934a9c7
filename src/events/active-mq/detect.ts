import { isRecord } from '../is-record.js';
import type { ActiveMqEvent } from './event.js';

/** Both names of the source are found in AWS's documents. */
export function detectActiveMq(event: unknown): event is ActiveMqEvent {
  return isRecord(event) && (event['eventSource'] === 'aws:mq' || event['eventSource'] === 'aws:amq') && Array.isArray(event['messages']);
}
