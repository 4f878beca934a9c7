import type { PlainObject } from '../shared/types.js';
import { isRecord } from './is-record.js';

/** The first of an event's `Records`, by which most sources are told. */
export function firstRecord({ Records: records }: PlainObject): PlainObject | undefined {
  const first: unknown = Array.isArray(records) ? records[0] : undefined;
  return isRecord(first) ? first : undefined;
}
