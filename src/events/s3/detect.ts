import type { EventBridgeEvent, S3EventRecord } from 'aws-lambda';
import { detectEventBridge } from '../eventbridge/detect.js';
import { recordService } from '../record-service.js';
import { isRecord } from '../is-record.js';

/** What a bucket sends, directly or in a message of a topic or a queue. */
export interface S3RecordsEvent {
  readonly Records: readonly S3EventRecord[];
}

/** What S3 sends once to try a new configuration of notifications; there is nothing to do about it. */
export interface S3TestEvent {
  readonly Event: 's3:TestEvent';
}

/** What a bucket sends through EventBridge. */
export type S3BusEvent = EventBridgeEvent<string, unknown>;

export type AnyS3Event = S3RecordsEvent | S3TestEvent | S3BusEvent;

export function detectS3(event: unknown): event is AnyS3Event {
  if (!isRecord(event)) return false;
  return isS3TestEvent(event) || isS3BusEvent(event) || recordService(event) === 'aws:s3';
}

export function isS3TestEvent(event: object): event is S3TestEvent {
  // With records it would be one that loses them.
  return 'Event' in event && event.Event === 's3:TestEvent' && !('Records' in event);
}

/** CloudTrail's events have the same source; they tell of calls, and not of an object. */
export function isS3BusEvent(event: object): event is S3BusEvent {
  return detectEventBridge(event) && event.source === 'aws.s3' && isRecord(event.detail) && isRecord(event.detail['object']);
}
