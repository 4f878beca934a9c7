import type { SourceRecord } from '../../contracts/record-adapter.js';
import { decodeFormComponent } from '../../http/query.js';
import type { PlainObject } from '../../shared/types.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { type Place, textAt } from '../place.js';
import { notificationOf, type S3Notification } from './notification.js';

/** A record that a bucket sends; its key is encoded as in a form. */
export function decodeRecord(record: PlainObject, place: Place): SourceRecord {
  const { bucket } = membersOf(record);
  const event = eventNameOf(record);
  const attributes = { bucket: asString(bucket['name']) ?? '', event };
  const id = asString(asRecord(record['responseElements'])['x-amz-request-id']) ?? '';
  return { raw: record, id, attributes, content: () => contentOf(record, place) };
}

function contentOf(record: PlainObject, place: Place): S3Notification {
  const { bucket, object } = membersOf(record);
  const key = decodeFormComponent(textAt(object, 'key', place, 's3.object'));
  const name = textAt(bucket, 'name', place, 's3.bucket');
  const origin = { bucket: name, key, eventName: eventNameOf(record), time: record['eventTime'], region: record['awsRegion'] };
  return notificationOf(origin, object, { eTag: 'eTag', versionId: 'versionId' });
}

function membersOf(record: PlainObject): { bucket: PlainObject; object: PlainObject } {
  const s3 = asRecord(record['s3']);
  return { bucket: asRecord(s3['bucket']), object: asRecord(s3['object']) };
}

/** Some kinds of event have the prefix that all are configured with. */
function eventNameOf(record: PlainObject): string {
  return (asString(record['eventName']) ?? '').replace(/^s3:/, '');
}
