import type { EventBridgeEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import { rejectFailures } from './results/batch-item-failures.js';

/** Rules of EventBridge event buses. Each invocation has one event. */
export const eventBridge: RecordAdapter<EventBridgeEvent<string, unknown>> = {
  source: 'eventbridge',
  batches: false,
  detect: detectEventBridge,
  decode: decodeEventBridge,
  encode: rejectFailures,
};

/** Whether an event has the envelope of EventBridge. */
export function detectEventBridge(event: unknown): event is EventBridgeEvent<string, unknown> {
  return (
    isJsonObject(event) &&
    typeof event['source'] === 'string' &&
    typeof event['detail-type'] === 'string' &&
    'detail' in event
  );
}

function decodeEventBridge(event: EventBridgeEvent<string, unknown>): SourceRecord[] {
  return [eventBridgeRecord(event, { source: event.source, detailType: event['detail-type'] })];
}

/** Returns the only record of an EventBridge event; its content is the detail. */
export function eventBridgeRecord(
  event: EventBridgeEvent<string, unknown>,
  attributes: SourceRecord['attributes'],
): SourceRecord {
  return { raw: event, id: asString(event.id) ?? '', attributes, content: () => event.detail };
}
