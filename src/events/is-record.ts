import type { PlainObject } from '../shared/types.js';

/** Events are JSON that anyone may have written: a member that should be an object may be anything. */
export function isRecord(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
