import type { SNSEvent } from 'aws-lambda';
import { firstRecord } from '../first-record.js';
import { isRecord } from '../is-record.js';

export function detectSns(event: unknown): event is SNSEvent {
  return isRecord(event) && firstRecord(event)?.['EventSource'] === 'aws:sns';
}
