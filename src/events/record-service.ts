import type { PlainObject } from '../shared/types.js';
import { asString } from './as-string.js';
import { isRecord } from './is-record.js';

/** The service that an event's `Records` say they are of, as in `aws:sqs`: most sources are told by the first that does. */
export function recordService({ Records: records }: PlainObject): string | undefined {
  if (!Array.isArray(records)) return undefined;
  for (const record of records as unknown[]) {
    const service = isRecord(record) ? serviceOf(record) : undefined;
    if (service !== undefined) return service;
  }
  return undefined;
}

/** SNS alone writes it with a capital. */
function serviceOf({ eventSource, EventSource }: PlainObject): string | undefined {
  return asString(eventSource) ?? asString(EventSource);
}
