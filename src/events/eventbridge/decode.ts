import type { EventBridgeEvent } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { asString } from '../as-string.js';

export function decodeEventBridge(event: EventBridgeEvent<string, unknown>): SourceRecord[] {
  return [eventBridgeRecord(event, { source: event.source, detailType: event['detail-type'] })];
}

/** The one record of an event from a bus; what it carries is the detail. */
export function eventBridgeRecord(event: EventBridgeEvent<string, unknown>, attributes: SourceRecord['attributes']): SourceRecord {
  return { raw: event, id: asString(event.id) ?? '', attributes, content: () => event.detail };
}
