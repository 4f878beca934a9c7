import { isScalar, jsonMembers, MAX_NAME, MAX_TEXT } from './json-value.js';

/**
 * The one place where a record becomes a line: JSON without a line break in it.
 *
 * A record of plain values, as an access-log line is, goes to JSON as it stands; only the others are copied first, and cut.
 */
export function toJsonLine(record: object): string {
  return plainLine(record) ?? JSON.stringify(jsonMembers(record));
}

/** Characters, of names too, and values of a record that is not copied: an empty list is one, or any number of them would cost nothing. */
const MOST = MAX_TEXT;
const MOST_LEVELS = 8;
/** What is left where something has to be copied. */
const NOTHING = -1;

function plainLine(record: object): string | undefined {
  try {
    return afterMembers(record, MOST, 0) > NOTHING ? JSON.stringify(record) : undefined;
  } catch {
    // A getter has thrown.
    return undefined;
  }
}

/** What is left of `most` after a value; a circle goes too deep. */
function afterValue(value: unknown, most: number, level: number): number {
  if (typeof value === 'string') return most - value.length - 1;
  if (typeof value !== 'object' || value === null) return isScalar(value) ? most - 1 : NOTHING;
  if (level > MOST_LEVELS) return NOTHING;
  if (Array.isArray(value)) return afterItems(value, most - 1, level);
  return isPlain(value) ? afterMembers(value, most - 1, level) : NOTHING;
}

function afterItems(items: readonly unknown[], most: number, level: number): number {
  let left = most;
  for (let index = 0; index < items.length && left > NOTHING; index++) left = afterValue(items[index], left, level + 1);
  return left;
}

function afterMembers(members: object, most: number, level: number): number {
  let left = most;
  for (const key in members) {
    if (key.length > MAX_NAME || left <= NOTHING) return NOTHING;
    left = afterValue((members as Record<string, unknown>)[key], left - key.length, level + 1);
  }
  return left;
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype && !('toJSON' in value);
}
