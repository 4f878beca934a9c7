import type { SQSEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';
import { recordService } from '../record-service.js';

export function detectSqs(event: unknown): event is SQSEvent {
  return isRecord(event) && recordService(event) === 'aws:sqs';
}
