import type { EventBridgeEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';

/** The envelope that every event on a bus has. */
export function detectEventBridge(event: unknown): event is EventBridgeEvent<string, unknown> {
  return isRecord(event) && typeof event['source'] === 'string' && typeof event['detail-type'] === 'string' && 'detail' in event;
}
