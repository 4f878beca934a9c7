import type { SourceRecord } from '../../contracts/record-adapter.js';
import { decodeRecords } from '../decode-records.js';
import { decodeBusEvent } from './decode-bus-event.js';
import { decodeRecord } from './decode-record.js';
import { type AnyS3Event, isS3BusEvent, isS3TestEvent } from './detect.js';

/** None for S3's test message. */
export function decodeS3(event: AnyS3Event): readonly SourceRecord[] {
  if (isS3TestEvent(event)) return [];
  return isS3BusEvent(event) ? [decodeBusEvent(event)] : decodeRecords(event.Records, { path: 'Records' }, decodeRecord);
}
