import { asString } from '../as-string.js';
import type { PlainObject } from '../../shared/types.js';

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
export interface NotificationOrigin {
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
export function notificationOf(origin: NotificationOrigin, object: PlainObject, members: ObjectMembers): S3Notification {
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
