import type { PlainObject } from '../shared/types.js';
import { isRecord } from './is-record.js';

/** The value of an event's member when it is the object that it should be, else an empty one. */
export function asRecord(value: unknown): PlainObject {
  return isRecord(value) ? value : {};
}
