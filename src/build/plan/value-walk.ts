import { isBranded } from '../../shared/brand.js';
import { memberAccess, stringLiteral } from '../literals.js';

/** A value inside another, and the text that leads to it. */
export interface Found {
  readonly value: unknown;
  /** Returns the expression of the value from that of the value it was found in. */
  readonly from: (holder: string) => string;
  /** Whether it is part of a record that a plan repeats as data, rather than an object that someone may share. */
  readonly isData: boolean;
}

/**
 * Members whose values belong to the application: they are found, but nothing inside them. The start only compares
 * which objects they are.
 */
const OPAQUE = new Set(['useValue', 'data']);

/** Members of a record that are the application's own objects. */
const OWNED = new Set(['module', 'cors', 'token', 'data']);

/** Lists of a record with the application's own objects. */
const LISTS_OF_OWNED = new Set(['guards', 'interceptors', 'pipes', 'filters']);

/** Members of a record that no plan contains. */
const SKIPPED = new Set(['api', 'apiProperties', 'mistakes']);

/**
 * Yields the values inside a value, nearest first: members of plain objects, lists and maps. Getters are not called.
 *
 * @param isData Whether plain objects and lists are data, down to the members that belong to the application.
 */
export function* valuesInside(root: unknown, isData: boolean): Iterable<Found> {
  const queue: Step[] = [{ value: root, from: (holder) => holder, isData, name: '', isOpaque: false }];
  const seen = new Set<unknown>([root]);
  for (const holder of queue) {
    for (const step of stepsFrom(holder)) {
      yield step;
      if (step.isOpaque || seen.has(step.value)) continue;
      seen.add(step.value);
      queue.push(step);
    }
  }
}

interface Step extends Found {
  /** The name of the member that holds the value. */
  readonly name: string;
  readonly isOpaque: boolean;
}

function* stepsFrom({ value, from, isData, name: holderName }: Step): Iterable<Step> {
  const step = (member: unknown, access: (holder: string) => string, name = ''): Step => ({
    value: member,
    from: (holder) => access(from(holder)),
    isData: isData && !OWNED.has(name) && !LISTS_OF_OWNED.has(holderName),
    name,
    isOpaque: OPAQUE.has(name) || LISTS_OF_OWNED.has(holderName),
  });
  if (value instanceof Map) {
    let index = 0;
    for (const [key, member] of value as ReadonlyMap<unknown, unknown>) {
      const at = index++;
      if (typeof key === 'symbol') yield step(key, (holder) => `[...${holder}.keys()][${at}]`);
      yield step(member, (holder) => entryAccess(holder, key, at));
    }
  } else if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) yield step(member, (holder) => `${holder}[${index}]`);
  } else if (isPlain(value)) {
    for (const [name, { value: member, get }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      if (get || SKIPPED.has(name)) continue;
      yield step(member, (holder) => holder + memberAccess(name), name);
      if (name === 'forwardRef') yield step(referred(member), (holder) => `${holder}.forwardRef()`);
    }
  }
}

/** Returns what a `forwardRef` refers to, such as a dynamic module in a variable. */
function referred(forwardRef: unknown): unknown {
  try {
    return typeof forwardRef === 'function' ? (forwardRef() as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function entryAccess(map: string, key: unknown, index: number): string {
  if (typeof key === 'string') return `${map}.get(${stringLiteral(key)})`;
  return typeof key === 'number' ? `${map}.get(${key})` : `[...${map}.values()][${index}]`;
}

/** A token with a provider of its own is walked, too. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isBranded(value, 'ProvidedToken');
}
