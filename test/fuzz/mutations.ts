/** The way to a member of an event. */
export type Path = readonly string[];

/** What a member becomes; without a `to` it is missing. */
export interface Change {
  readonly to?: unknown;
}

/** Every way to the members of an event, as deep as it goes; the event itself is the empty one. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

/** A copy in which one member is another. */
export function changed(event: unknown, [key, ...rest]: Path, change: Change): unknown {
  if (key === undefined) return change.to;
  if (typeof event !== 'object' || event === null) return event;
  const copy = (Array.isArray(event) ? [...(event as unknown[])] : { ...event }) as Record<string, unknown>;
  if (rest.length > 0) copy[key] = changed(copy[key], rest, change);
  else if ('to' in change) copy[key] = change.to;
  // A list without an item is shorter.
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  // JSON has no lists with gaps.
  return Array.isArray(copy) ? Object.values(copy) : copy;
}

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`);
}

/** Names that every object has by inheritance, as members of its own: what a `String()` or an `in` falls for. */
const INHERITED =
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"valueOf":null,"hasOwnProperty":0,"length":-1,"then":"x"}';

/** What any member of an event may be in the place of what its source sends, by name; all of it is JSON. */
export const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['missing', {}],
  ['null', { to: null }],
  ['false', { to: false }],
  ['true', { to: true }],
  ['zero', { to: 0 }],
  ['a negative number', { to: -1.5 }],
  ['a number beyond integers', { to: 1e300 }],
  ['empty text', { to: '' }],
  ['text', { to: 'text' }],
  ['text that is no well-formed Unicode', { to: '\ud800' }],
  ['text of 100,000 characters', { to: 'x'.repeat(100_000) }],
  ['an empty list', { to: [] }],
  ['a list of null', { to: [null] }],
  ['a list of lists', { to: [[], [[1]]] }],
  ['a list of text', { to: ['text', 'text'] }],
  ['an empty object', { to: {} }],
  ['an object of nulls', { to: { a: null, M: null, S: null, name: null } }],
  ['an object with inherited names', { to: JSON.parse(INHERITED) }],
  ['a list of an object with inherited names', { to: [JSON.parse(INHERITED)] }],
  ['deeply nested', { to: nested(3000) }],
]);
