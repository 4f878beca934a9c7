import type { EventBridgeEvent, S3EventRecord } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { decodeFormComponent } from '../http/request/query.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { detectEventBridge } from './eventbridge.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';
import { rejectFailures } from './results/batch-item-failures.js';

/** Notifications of S3 buckets: direct, through EventBridge, or carried by messages of SQS and SNS. */
export const s3: RecordAdapter<AnyS3Event> = {
  source: 's3',
  batches: false,
  detect: detectS3,
  decode: decodeS3,
  encode: rejectFailures,
};

/** The event of a bucket, direct or in a message of a topic or queue. */
interface S3RecordsEvent {
  readonly Records: readonly S3EventRecord[];
}

/** The event that S3 sends once to test a new notification configuration. It needs no handling. */
interface S3TestEvent {
  readonly Event: 's3:TestEvent';
}

/** The event of a bucket through EventBridge. */
export type S3BusEvent = EventBridgeEvent<string, unknown>;

type AnyS3Event = S3RecordsEvent | S3TestEvent | S3BusEvent;

function detectS3(event: unknown): event is AnyS3Event {
  if (!isJsonObject(event)) return false;
  return isS3TestEvent(event) || isS3BusEvent(event) || recordService(event) === 'aws:s3';
}

function isS3TestEvent(event: object): event is S3TestEvent {
  // If it had records, ignoring it would lose them.
  return 'Event' in event && event.Event === 's3:TestEvent' && !('Records' in event);
}

/** CloudTrail's events have the same source, but describe API calls, not an object. */
function isS3BusEvent(event: object): event is S3BusEvent {
  return (
    detectEventBridge(event) &&
    event.source === 'aws.s3' &&
    isJsonObject(event.detail) &&
    isJsonObject(event.detail['object'])
  );
}

/** Returns no records for S3's test event. */
function decodeS3(event: AnyS3Event): readonly SourceRecord[] {
  if (isS3TestEvent(event)) return [];
  return isS3BusEvent(event)
    ? [decodeBusEvent(event)]
    : decodeRecords(event.Records, { path: 'Records' }, decodeRecord);
}

/** Decodes a direct record; its key is form-encoded. */
function decodeRecord(record: PlainObject, place: Place): SourceRecord {
  const { bucket } = membersOf(record);
  const event = recordEventName(record);
  const attributes = { bucket: asString(bucket['name']) ?? '', event };
  const id = asString(asJsonObject(record['responseElements'])['x-amz-request-id']) ?? '';
  return { raw: record, id, attributes, content: () => contentOf(record, place) };
}

function contentOf(record: PlainObject, place: Place): S3Notification {
  const { bucket, object } = membersOf(record);
  const key = decodeFormComponent(textAt(object, 'key', place, 's3.object'));
  const name = textAt(bucket, 'name', place, 's3.bucket');
  const origin = {
    bucket: name,
    key,
    eventName: recordEventName(record),
    time: record['eventTime'],
    region: record['awsRegion'],
  };
  return notificationOf(origin, object, { eTag: 'eTag', versionId: 'versionId' });
}

function membersOf(record: PlainObject): { bucket: PlainObject; object: PlainObject } {
  const members = asJsonObject(record['s3']);
  return { bucket: asJsonObject(members['bucket']), object: asJsonObject(members['object']) };
}

/** Some event names keep the prefix `s3:` of their configuration. */
function recordEventName(record: PlainObject): string {
  return (asString(record['eventName']) ?? '').replace(/^s3:/, '');
}

/** Decodes an S3 event from EventBridge; its key is not encoded, and the event types have other names. */
function decodeBusEvent(event: S3BusEvent): SourceRecord {
  const detail = asJsonObject(event.detail);
  const bucket = asJsonObject(detail['bucket']);
  const eventName = busEventName(event['detail-type'], detail);
  const object = asJsonObject(detail['object']);
  return {
    raw: event,
    id: asString(event.id) ?? '',
    attributes: { bucket: asString(bucket['name']) ?? '', event: eventName },
    content: () => {
      const key = textAt(object, 'key', 'detail.object');
      const origin = {
        bucket: textAt(bucket, 'name', 'detail.bucket'),
        key,
        eventName,
        time: event.time,
        region: event.region,
      };
      return notificationOf(origin, object, { eTag: 'etag', versionId: 'version-id' });
    },
  };
}

/**
 * Returns the event name of the matching direct notification. Unknown types stay as they are.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-mapping-troubleshooting.html
 */
function busEventName(detailType: string, detail: PlainObject): string {
  if (detailType === 'Object Created')
    return `ObjectCreated:${CREATED.get(detail['reason']) ?? asString(detail['reason']) ?? 'Put'}`;
  if (detailType === 'Object Deleted') return deletedName(detail);
  return BUS_EVENT_NAMES.get(detailType) ?? detailType;
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

const BUS_EVENT_NAMES: ReadonlyMap<string, string> = new Map([
  ['Object Restore Initiated', 'ObjectRestore:Post'],
  ['Object Restore Completed', 'ObjectRestore:Completed'],
  ['Object Restore Expired', 'ObjectRestore:Delete'],
  ['Object Tags Added', 'ObjectTagging:Put'],
  ['Object Tags Deleted', 'ObjectTagging:Delete'],
  ['Object ACL Updated', 'ObjectAcl:Put'],
  ['Object Storage Class Changed', 'LifecycleTransition'],
  ['Object Access Tier Changed', 'IntelligentTiering'],
]);

/** The content of an S3 record for `@Body()`, in one format for all ways of delivery. */
export interface S3Notification {
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** S3's name without `s3:`, as in `ObjectCreated:Put`. */
  readonly eventName: string;
  /** In bytes. */
  readonly size?: number;
  readonly eTag?: string;
  readonly versionId?: string;
  /** For one key, the later event has the greater sequencer, compared as text of the same length. */
  readonly sequencer?: string;
  /** The time of the change, in ISO 8601. */
  readonly time?: string;
  readonly region?: string;
}

/** The members of a notification that do not come from its object. */
interface NotificationOrigin {
  readonly bucket: string;
  readonly key: string;
  readonly eventName: string;
  readonly time: unknown;
  readonly region: unknown;
}

/** The two formats name these members of the object differently. */
interface ObjectMembers {
  readonly eTag: string;
  readonly versionId: string;
}

/** Builds a notification. Members that the event lacks are left out. */
function notificationOf(origin: NotificationOrigin, object: PlainObject, members: ObjectMembers): S3Notification {
  const { bucket, key, eventName } = origin;
  const size = object['size'];
  return {
    bucket,
    key,
    eventName,
    ...(typeof size === 'number' && { size }),
    ...texts({
      eTag: object[members.eTag],
      versionId: object[members.versionId],
      sequencer: object['sequencer'],
      time: origin.time,
      region: origin.region,
    }),
  };
}

/** Keeps the non-empty texts. S3 writes `""` for missing values. */
function texts(values: PlainObject): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => !!asString(entry[1])));
}
