import type { PlainObject } from '../../shared/types.js';
import { refuseLoss, resultPath } from './lost-values.js';

/** Visits a value at a depth, which is the level of the value in the result. */
export type Visit = (value: unknown, depth: number) => unknown;

/**
 * Serializes a map as an object.
 *
 * @throws TypeError when a key would be lost.
 */
export function mapMembers(map: Iterable<readonly [unknown, unknown]>, depth: number, visit: Visit): PlainObject {
  const entries = Array.from(map, ([key, item]): [string, unknown] => {
    if (typeof key === 'object' || typeof key === 'function' || typeof key === 'symbol') refuseLoss(OTHER_KEYS, depth);
    resultPath[depth] = String(key);
    return [String(key), visit(item, depth + 1)];
  });
  const members = Object.fromEntries(entries);
  if (Object.keys(members).length < entries.length) refuseLoss(SAME_KEYS, depth);
  return members;
}

const OTHER_KEYS = 'a Map with a key that is neither text nor a number: return a list of its entries, such as [...it]';
const SAME_KEYS = 'a Map with two keys that are the same as text: return a list of its entries, such as [...it]';
