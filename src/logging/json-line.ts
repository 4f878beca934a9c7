import { isShortScalar, jsonMembers } from './json-value.js';

/**
 * The one place where a record becomes a line: JSON without a line break in it.
 *
 * A record of scalars, as an access-log line is, goes to JSON as it stands; only the others are copied first, and cut.
 */
export function toJsonLine(record: object): string {
  return JSON.stringify(holdsScalarsOnly(record) ? record : jsonMembers(record));
}

function holdsScalarsOnly(record: object): boolean {
  for (const key in record) {
    if (!isShortScalar((record as Record<string, unknown>)[key])) return false;
  }
  return true;
}
