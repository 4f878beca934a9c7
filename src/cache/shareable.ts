import { isPromise } from 'node:util/types';
import { describeValue } from '../errors/describe-value.js';

/**
 * Freezes a value that several callers get: lists, objects, and the members of both at any depth. Dates, bytes, maps
 * and sets can't be frozen; what is in a map or a set is.
 *
 * @param where What returned it, for messages.
 * @throws TypeError for what can't be shared: a stream or a response, which can be read once, and everything that has a
 *   function in it, such as a client or a connection, which changes while it works.
 */
export function shareable<T>(value: T, where: string): T {
  const seen = new Set<unknown>([value]);
  // Found before anything is frozen: a client would stop working.
  for (const one of seen) for (const member of membersOf(one, where)) seen.add(member);
  for (const one of seen) if (canFreeze(one)) Object.freeze(one);
  return value;
}

function membersOf(value: unknown, where: string): readonly unknown[] {
  if (typeof value === 'function' || isWorking(value))
    throw new TypeError(
      `${where} returned ${describeValue(value)}, alone or inside of something: callers can't share it. Return data.`,
    );
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Set) return [...value];
  // Not the getters of a class, which may compute anything.
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((member): unknown => member.value);
}

/** Whether a value is read once, or becomes something later. */
function isWorking(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isPromise(value) || Symbol.asyncIterator in value) return true;
  const { next, pipe, then, arrayBuffer } = value as Readonly<Record<string, unknown>>;
  return [next, pipe, then, arrayBuffer].some((method) => typeof method === 'function');
}

function canFreeze(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
