import type { KinesisStreamEvent } from 'aws-lambda';
import { firstRecord } from '../first-record.js';
import { isRecord } from '../is-record.js';
import { isWindowOf } from '../stream-window.js';

export function detectKinesis(event: unknown): event is KinesisStreamEvent {
  return isRecord(event) && (firstRecord(event)?.['eventSource'] === 'aws:kinesis' || isWindowOf('kinesis', event));
}
