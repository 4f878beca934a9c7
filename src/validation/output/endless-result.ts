import { isMap, isSet } from 'node:util/types';
import { isObject, type PlainObject } from '../../shared/types.js';
import { MAX_RESULT_DEPTH, pathOf, resultPath } from './lost-values.js';
import { hasToJson } from './serialize-instance.js';

/** Says where a result leads back to itself, or that it is too deep, and what to return instead. */
export function endlessResult(result: object): string {
  const keys = resultPath.slice(0, MAX_RESULT_DEPTH);
  const seen = new Map<unknown, number>();
  let at: unknown = result;
  for (const [depth, key] of keys.entries()) {
    const first = seen.get(at);
    if (first !== undefined) return circular(keys.slice(0, depth), keys.slice(0, first));
    if (isObject(at)) seen.set(at, depth);
    at = memberOf(at, key);
  }
  const beginning = pathOf(keys.slice(0, 5));
  return (
    `The result is nested more than ${MAX_RESULT_DEPTH} levels deep, in "${beginning}…": return less of it, and ` +
    'nothing that leads back to itself'
  );
}

function circular(path: readonly (string | number)[], first: readonly (string | number)[]): string {
  const same = first.length === 0 ? 'the result' : `"${pathOf(first)}"`;
  return (
    `The result is circular: "${pathOf(path)}" is the same object as ${same}. Return data without the reference ` +
    'back, or leave it out with @Exclude()'
  );
}

/** Returns what the walk has found under a key, unless a decorator or a getter made it for that visit. */
function memberOf(value: unknown, key: string | number): unknown {
  try {
    if (isSet(value)) return [...value][key as number];
    if (isMap(value)) return [...value].find(([name]) => String(name) === key)?.[1];
    if (key === 'toJSON()' && isObject(value) && hasToJson(value)) return value.toJSON('');
    return isObject(value) ? (value as PlainObject)[key] : undefined;
  } catch {
    return undefined;
  }
}
