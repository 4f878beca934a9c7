import type { EventBridgeEvent, S3EventRecord } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { decodeFormComponent } from '../http/request/query.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { detectEventBridge } from './eventbridge.js';
import { rejectFailures } from './outcomes.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';

/** Notifications of buckets, directly or through EventBridge; those in messages of SQS and SNS come here too. */
export const s3: RecordAdapter<AnyS3Event> = {
  source: 's3',
  batches: false,
  detect: detectS3,
  decode: decodeS3,
  encode: rejectFailures,
};

/** What a bucket sends, directly or in a message of a topic or a queue. */
interface S3RecordsEvent {
  readonly Records: readonly S3EventRecord[];
}

/** What S3 sends once to try a new configuration of notifications; there is nothing to do about it. */
interface S3TestEvent {
  readonly Event: 's3:TestEvent';
}

/** What a bucket sends through EventBridge. */
export type S3BusEvent = EventBridgeEvent<string, unknown>;

type AnyS3Event = S3RecordsEvent | S3TestEvent | S3BusEvent;

function detectS3(event: unknown): event is AnyS3Event {
  if (!isJsonObject(event)) return false;
  return isS3TestEvent(event) || isS3BusEvent(event) || recordService(event) === 'aws:s3';
}

function isS3TestEvent(event: object): event is S3TestEvent {
  // With records it would be one that loses them.
  return 'Event' in event && event.Event === 's3:TestEvent' && !('Records' in event);
}

/** CloudTrail's events have the same source; they tell of calls, and not of an object. */
function isS3BusEvent(event: object): event is S3BusEvent {
  return (
    detectEventBridge(event) &&
    event.source === 'aws.s3' &&
    isJsonObject(event.detail) &&
    isJsonObject(event.detail['object'])
  );
}

/** None for S3's test message. */
function decodeS3(event: AnyS3Event): readonly SourceRecord[] {
  if (isS3TestEvent(event)) return [];
  return isS3BusEvent(event)
    ? [decodeBusEvent(event)]
    : decodeRecords(event.Records, { path: 'Records' }, decodeRecord);
}

/** A record that a bucket sends; its key is encoded as in a form. */
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

/** Some kinds of event have the prefix that all are configured with. */
function recordEventName(record: PlainObject): string {
  return (asString(record['eventName']) ?? '').replace(/^s3:/, '');
}

/** An event of S3 on a bus; its key is as it is, and its kind has another name there. */
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
 * The name that a direct notification has for the same; what S3 may add stays as it is.
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

/** What happened to an object, in one form whatever way it came. */
export interface S3Notification {
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** S3's name without `s3:`, as in `ObjectCreated:Put`. */
  readonly eventName: string;
  /** Bytes. */
  readonly size?: number;
  readonly eTag?: string;
  readonly versionId?: string;
  /** Of two events on one key the later one has the greater sequencer, as text of the same length. */
  readonly sequencer?: string;
  /** When it happened, in ISO 8601. */
  readonly time?: string;
  readonly region?: string;
}

/** What a notification has besides its object, as the event says it. */
interface NotificationOrigin {
  readonly bucket: string;
  readonly key: string;
  readonly eventName: string;
  readonly time: unknown;
  readonly region: unknown;
}

/** The names of an object's members differ between the two forms. */
interface ObjectMembers {
  readonly eTag: string;
  readonly versionId: string;
}

/** Puts a notification together; what the event doesn't say is left out. */
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

/** S3 writes `""` for what there is none of. */
function texts(values: PlainObject): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => !!asString(entry[1])));
}
