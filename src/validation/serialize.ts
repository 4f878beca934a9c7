import type { PlainObject } from '../shared/types.js';
import { isExposed, plainForm, release, writesItself } from './exposed-instance.js';

/** Deeper results are taken for circular; `JSON.stringify` ends not far above. */
const MAX_DEPTH = 1000;

/**
 * Applies class-transformer's decorators to instances anywhere in a result, and leaves everything else to
 * `JSON.stringify`: what has no decorators is returned as it is, not copied.
 *
 * @throws TypeError when the result is circular.
 */
export function serialize(value: unknown): unknown {
  return visit(value, 0);
}

function visit(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new TypeError(`The result is circular, or nested more than ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value)) return visitItems(value, depth);
  if (isExposed(value)) return release(plainForm(value), (member) => visit(member, depth + 1));
  return writesItself(value) || ArrayBuffer.isView(value) ? value : visitMembers(value as PlainObject, depth);
}

function visitItems(items: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const result = typeof item === 'object' ? visit(item, depth + 1) : item;
    if (result !== item) (copy ??= [...items])[index] = result;
  }
  return copy ?? items;
}

function visitMembers(members: PlainObject, depth: number): PlainObject {
  let copy: PlainObject | undefined;
  // Not over `Object.keys`, which makes an array a visit: what is inherited is seen, too, and left alone.
  for (const key in members) {
    const member = members[key];
    // Most members are none: not calling `visit` for them takes a third off the walk.
    const result = typeof member === 'object' ? visit(member, depth + 1) : member;
    if (result !== member && Object.hasOwn(members, key)) (copy ??= { ...members })[key] = result;
  }
  return copy ?? members;
}
