import type { PlainObject } from '../shared/types.js';
import { isRecord } from './is-record.js';

/** The first of an event's `Records` that is an object: most sources are told by it. */
export function firstRecord({ Records: records }: PlainObject): PlainObject | undefined {
  return Array.isArray(records) ? (records as unknown[]).find(isRecord) : undefined;
}
