import { types } from 'node:util';
import { HttpException } from '../../../src/errors/http-exception.js';

const labels = new Map<unknown, number>();

/** Objects that Jest can't compare, told apart. */
function label(object: unknown): number {
  if (!labels.has(object)) labels.set(object, labels.size);
  return labels.get(object)!;
}

/** What can be seen of a value: prototypes, own keys in their order, what is in collections. */
export function likeness(value: unknown, seen: unknown[] = []): unknown {
  if (typeof value === 'function') return `function ${label(value)}`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value;
  if (seen.includes(value)) return 'circle';
  const within = (inner: unknown) => likeness(inner, [...seen, value]);
  const prototype = Object.getPrototypeOf(value) as object | null;
  return { prototype: label(prototype), content: contentOf(value, within), members: membersOf(value, within) };
}

function contentOf(value: object, within: (inner: unknown) => unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Map) return Array.from(value, ([key, item]) => [within(key), within(item)]);
  return value instanceof Set ? Array.from(value, within) : undefined;
}

function membersOf(value: object, within: (inner: unknown) => unknown): unknown {
  // Node's async hooks give every promise members of its own.
  if (value instanceof Promise) return [];
  const descriptors = Object.getOwnPropertyDescriptors(value) as Record<PropertyKey, PropertyDescriptor>;
  return Reflect.ownKeys(value).map((key) => [key, descriptors[key]!.enumerable, within(descriptors[key]!.value)]);
}

/** What can be seen of an answer or an error. */
export function likenessOfOutcome(outcome: unknown): object {
  if (outcome instanceof HttpException)
    return { thrown: outcome.name, status: outcome.statusCode, detail: outcome.detail };
  if (types.isNativeError(outcome)) return { thrown: outcome.name, message: outcome.message };
  return { built: likeness(outcome) };
}
