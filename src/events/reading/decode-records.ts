import type { SourceRecord } from '../../contracts/event-adapter.js';
import { asString, isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { malformed, type MalformedEventError, Place } from './malformed-event.js';

/** Where a list of records stands in an event. */
interface RecordList {
  /** For messages, as in `Records`. */
  readonly path: string;
  /** The group of what is no record, where the list tells. */
  readonly group?: string;
}

/**
 * Decodes each of a list's records. In the place of what is no record stands one that only fails; so it does for what
 * is no list.
 */
export function decodeRecords(
  list: unknown,
  { path, group }: RecordList,
  decode: (raw: PlainObject, place: Place) => SourceRecord,
): readonly SourceRecord[] {
  if (!Array.isArray(list)) return [malformedRecord(list, malformed(path, list, 'a list'), group)];
  const records = (list as readonly unknown[]).map((raw, index) => {
    const place = new Place(path, index);
    return isJsonObject(raw)
      ? decode(raw, place)
      : malformedRecord(raw, malformed(String(place), raw, 'an object'), group);
  });
  return inOneOrder(records);
}

function malformedRecord(raw: unknown, error: MalformedEventError, group: string | undefined): SourceRecord {
  const content = (): never => {
    throw error;
  };
  return { raw, id: '', attributes: {}, group, malformed: error, content };
}

/**
 * A record that doesn't tell its group, among others that have an order, may be of any group: all are handled in one
 * order then.
 */
function inOneOrder(records: readonly SourceRecord[]): readonly SourceRecord[] {
  const inOrder = records.some(({ group }) => group !== undefined);
  return !inOrder || records.every(({ group }) => group)
    ? records
    : records.map((record) => ({ ...record, group: '' }));
}

/**
 * The service that an event's `Records` say they are of, as in `aws:sqs`: most sources are told by the first that does.
 */
export function recordService({ Records: records }: PlainObject): string | undefined {
  if (!Array.isArray(records)) return undefined;
  for (const record of records as unknown[]) {
    const service = isJsonObject(record) ? serviceOf(record) : undefined;
    if (service !== undefined) return service;
  }
  return undefined;
}

/** SNS alone writes it with a capital. */
function serviceOf({ eventSource, EventSource }: PlainObject): string | undefined {
  return asString(eventSource) ?? asString(EventSource);
}
