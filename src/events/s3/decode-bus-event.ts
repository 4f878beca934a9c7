import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import type { S3BusEvent } from './detect.js';
import { textAt } from '../place.js';
import { notificationOf } from './notification.js';

/** An event of S3 on a bus; its key is as it is, and its kind has another name there. */
export function decodeBusEvent(event: S3BusEvent): SourceRecord {
  const detail = asRecord(event.detail);
  const bucket = asRecord(detail['bucket']);
  const eventName = eventNameOf(event['detail-type'], detail);
  const object = asRecord(detail['object']);
  return {
    raw: event,
    id: asString(event.id) ?? '',
    attributes: { bucket: asString(bucket['name']) ?? '', event: eventName },
    content: () => {
      const key = textAt(object, 'key', 'detail.object');
      const origin = { bucket: textAt(bucket, 'name', 'detail.bucket'), key, eventName, time: event.time, region: event.region };
      return notificationOf(origin, object, { eTag: 'etag', versionId: 'version-id' });
    },
  };
}

/**
 * The name that a direct notification has for the same; what S3 may add stays as it is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-mapping-troubleshooting.html
 */
function eventNameOf(detailType: string, detail: PlainObject): string {
  if (detailType === 'Object Created') return `ObjectCreated:${CREATED.get(detail['reason']) ?? asString(detail['reason']) ?? 'Put'}`;
  if (detailType === 'Object Deleted') return deletedName(detail);
  return NAMES.get(detailType) ?? detailType;
}

function deletedName(detail: PlainObject): string {
  const cause = detail['reason'] === 'Lifecycle Expiration' ? 'LifecycleExpiration' : 'ObjectRemoved';
  return `${cause}:${detail['deletion-type'] === 'Delete Marker Created' ? 'DeleteMarkerCreated' : 'Delete'}`;
}

const CREATED: ReadonlyMap<unknown, string> = new Map([
  ['PutObject', 'Put'],
  ['POST Object', 'Post'],
  ['CopyObject', 'Copy'],
  ['CompleteMultipartUpload', 'CompleteMultipartUpload'],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['Object Restore Initiated', 'ObjectRestore:Post'],
  ['Object Restore Completed', 'ObjectRestore:Completed'],
  ['Object Restore Expired', 'ObjectRestore:Delete'],
  ['Object Tags Added', 'ObjectTagging:Put'],
  ['Object Tags Deleted', 'ObjectTagging:Delete'],
  ['Object ACL Updated', 'ObjectAcl:Put'],
  ['Object Storage Class Changed', 'LifecycleTransition'],
  ['Object Access Tier Changed', 'IntelligentTiering'],
]);
