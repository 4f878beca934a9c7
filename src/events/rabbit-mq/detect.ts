import { isRecord } from '../is-record.js';
import type { RabbitMqEvent } from './event.js';

export function detectRabbitMq(event: unknown): event is RabbitMqEvent {
  return isRecord(event) && event['eventSource'] === 'aws:rmq' && isRecord(event['rmqMessagesByQueue']);
}
