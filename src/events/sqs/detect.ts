import type { SQSEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';
import { firstRecord } from '../first-record.js';

export function detectSqs(event: unknown): event is SQSEvent {
  return isRecord(event) && firstRecord(event)?.['eventSource'] === 'aws:sqs';
}
