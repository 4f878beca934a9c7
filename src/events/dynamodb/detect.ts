import type { DynamoDBStreamEvent } from 'aws-lambda';
import { recordService } from '../record-service.js';
import { isRecord } from '../is-record.js';
import { isWindowOf } from '../stream-window.js';

export function detectDynamoDb(event: unknown): event is DynamoDBStreamEvent {
  return isRecord(event) && (recordService(event) === 'aws:dynamodb' || isWindowOf('dynamodb', event));
}
