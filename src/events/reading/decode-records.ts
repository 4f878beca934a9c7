import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { MalformedEventError } from '../../errors/malformed-event-error.js';
import { asList, asString, isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { malformed, Place } from './malformed-event.js';

/** The place of a list of records in an event. */
interface RecordList {
  /** For error messages, as in `Records`. */
  readonly path: string;
  /** The group of malformed records, if the list determines it. */
  readonly group?: string;
}

/**
 * Decodes each record of a list. An item that is not an object, or a value that is not a list, becomes a record that
 * always fails.
 */
export function decodeRecords(
  list: unknown,
  { path, group }: RecordList,
  decode: (raw: PlainObject, place: Place) => SourceRecord,
): readonly SourceRecord[] {
  if (!Array.isArray(list)) return [malformedRecord(list, malformed(path, list, 'a list'), group)];
  const records = list.map((raw: unknown, index) => {
    const place = new Place(path, index);
    if (isJsonObject(raw)) return decode(raw, place);
    return malformedRecord(raw, malformed(String(place), raw, 'an object'), group);
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
 * Puts all records into one group if some have groups and some don't: a record without one may belong to any of them,
 * so only one common order keeps theirs.
 */
function inOneOrder(records: readonly SourceRecord[]): readonly SourceRecord[] {
  const inOrder = records.some(({ group }) => group !== undefined);
  return !inOrder || records.every(({ group }) => group)
    ? records
    : records.map((record) => ({ ...record, group: '' }));
}

/** Returns the service that an event's `Records` name, as in `aws:sqs`. The first record that names one decides. */
export function recordService({ Records: records }: PlainObject): string | undefined {
  for (const record of asList(records)) {
    if (!isJsonObject(record)) continue;
    // SNS is the only one to write it with a capital letter.
    const service = asString(record['eventSource']) ?? asString(record['EventSource']);
    if (service !== undefined) return service;
  }
  return undefined;
}
