import type { SNSEvent } from 'aws-lambda';
import { recordService } from '../record-service.js';
import { isRecord } from '../is-record.js';

export function detectSns(event: unknown): event is SNSEvent {
  return isRecord(event) && recordService(event) === 'aws:sns';
}
