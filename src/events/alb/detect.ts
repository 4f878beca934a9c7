import type { ALBEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';

export function detect(event: unknown): event is ALBEvent {
  if (!isRecord(event) || typeof event['httpMethod'] !== 'string') return false;
  return isRecord(event['requestContext']) && isRecord(event['requestContext']['elb']);
}
