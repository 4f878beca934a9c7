import type { PlainObject } from '../shared/types.js';

/**
 * A serialised result with its big integers as text, as they stand in the log; JSON has no such number, and a client
 * that reads one as a number may round it. What has none is returned as it is. Where a program has given BigInt a
 * `toJSON`, that is asked.
 */
export function withoutBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return 'toJSON' in BigInt.prototype ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return inItems(value);
  return typeof (value as { toJSON?: unknown }).toJSON === 'function' ? value : inMembers(value as PlainObject);
}

function inItems(items: readonly unknown[]): readonly unknown[] {
  const mended = items.map(withoutBigInts);
  return mended.some((item, index) => item !== items[index]) ? mended : items;
}

function inMembers(members: PlainObject): PlainObject {
  const mended = Object.entries(members).map(([key, member]): [string, unknown] => [key, withoutBigInts(member)]);
  return mended.some(([key, member]) => member !== members[key]) ? Object.fromEntries(mended) : members;
}
