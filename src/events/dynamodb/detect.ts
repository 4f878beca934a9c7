import type { DynamoDBStreamEvent } from 'aws-lambda';
import { firstRecord } from '../first-record.js';
import { isRecord } from '../is-record.js';
import { isWindowOf } from '../stream-window.js';

export function detectDynamoDb(event: unknown): event is DynamoDBStreamEvent {
  return isRecord(event) && (firstRecord(event)?.['eventSource'] === 'aws:dynamodb' || isWindowOf('dynamodb', event));
}
