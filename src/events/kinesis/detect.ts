import type { KinesisStreamEvent } from 'aws-lambda';
import { recordService } from '../record-service.js';
import { isRecord } from '../is-record.js';
import { isWindowOf } from '../stream-window.js';

export function detectKinesis(event: unknown): event is KinesisStreamEvent {
  return isRecord(event) && (recordService(event) === 'aws:kinesis' || isWindowOf('kinesis', event));
}
