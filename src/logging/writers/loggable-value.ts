import { isMap, isNativeError, isSet } from 'node:util/types';
import { shortened } from '../../shared/input-limits.js';

const UNREADABLE = '[Unreadable]';
const TRUNCATED = '[Truncated]';
const MAX_DEPTH = 32;
// The object graph of a socket, for example, is practically endless; CloudWatch truncates lines at 1 MB anyway.
const MAX_VALUES = 10_000;
// Characters of one text, of one name, and of all texts and all names of a line. A caller may have written them.
export const MAX_TEXT = 16_384;
export const MAX_NAME = 200;
const MAX_TEXTS = 262_144;

/** Reads a member of an object. Returns a placeholder if its getter throws. */
export function readMember(source: object, key: string): unknown {
  try {
    return (source as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

/** Lists the names of an object's members, up to the limit of a line. A throwing proxy and a non-object have none. */
export function memberNames(source: object): string[] {
  try {
    const names = Object.keys(source);
    return names.length > MAX_VALUES ? names.slice(0, MAX_VALUES) : names;
  } catch {
    return [];
  }
}

/** Copies the members that a line may have; a getter that throws becomes a note. */
export function copyMembers(target: Record<string, unknown>, source: object): void {
  for (const key of memberNames(source)) target[key] = readMember(source, key);
}

export function isError(value: unknown): value is Error {
  return isNativeError(value) || value instanceof Error;
}

/**
 * Copies any value into one that JSON can represent. Never throws, calls `toJSON`, and turns errors into their name,
 * message, stack and cause. Circular references, very deep and very large structures and long texts are replaced or
 * shortened, with a note.
 */
export function jsonValue(value: unknown): unknown {
  return new Conversion().convert(value);
}

/** {@link jsonValue} for the fields of a line, whose own `toJSON` is a field like any other. */
export function jsonMembers(fields: object): Record<string, unknown> {
  return new Conversion().members(fields, Object.keys(fields));
}

/** Defines even `__proto__` as an ordinary member, which an assignment would not. */
function defineMember(members: object, key: string, value: unknown): void {
  Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
}

class Conversion {
  readonly #path: object[] = [];
  #left = MAX_VALUES;
  #characters = MAX_TEXTS;
  #nameCharacters = MAX_TEXTS;

  convert(value: unknown): unknown {
    this.#left -= 1;
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'object':
        return value === null ? null : this.#enter(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'bigint':
      case 'symbol':
        return String(value);
      case 'function':
        return '[Function]';
      default:
        return value;
    }
  }

  members(source: object, keys: readonly string[]): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    for (const key of keys) {
      if (this.#left <= 0 || this.#nameCharacters <= 0) {
        members[TRUNCATED] = true;
        break;
      }
      const value = this.convert(readMember(source, key));
      if (value === undefined) continue;
      this.#nameCharacters -= Math.min(key.length, MAX_NAME);
      if (key === '__proto__') defineMember(members, key, value);
      else members[shortened(key, MAX_NAME)] = value;
    }
    return members;
  }

  #text(text: string): string {
    const most = Math.min(MAX_TEXT, Math.max(0, this.#characters));
    this.#characters -= Math.min(text.length, most);
    return text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
  }

  #enter(value: object): unknown {
    if (this.#path.includes(value)) return '[Circular]';
    if (this.#path.length >= MAX_DEPTH) return TRUNCATED;
    this.#path.push(value);
    try {
      return this.#object(value);
    } catch {
      return UNREADABLE;
    } finally {
      this.#path.pop();
    }
  }

  #object(value: object): unknown {
    if (isError(value)) return this.members(value, errorKeys(value));
    if (Array.isArray(value)) return this.#list(value);
    if (isSet(value)) return this.#list([...value]);
    if (isMap(value)) return this.#map(value);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.convert(toJSON.call(value));
    return this.members(value, Object.keys(value));
  }

  #list(items: readonly unknown[]): unknown[] {
    const kept: unknown[] = [];
    for (const item of items) {
      if (this.#left <= 0) return [...kept, TRUNCATED];
      kept.push(this.convert(item) ?? null);
    }
    return kept;
  }

  #map(map: ReadonlyMap<unknown, unknown>): Record<string, unknown> {
    const record = Object.fromEntries(Array.from(map, ([key, item]) => [String(key), item]));
    return this.members(record, Object.keys(record));
  }
}

const ERROR_KEYS = ['name', 'message', 'stack', 'cause', 'errors'];

/** The standard members and own scalars such as `code`. Other members may be whole sockets. */
function errorKeys(error: Error): string[] {
  const own = Object.keys(error).filter((key) => isScalar(readMember(error, key)));
  return [...new Set([...ERROR_KEYS, ...own])];
}

/** Whether JSON writes a value as it is, or leaves it out (`undefined`). */
export function isScalar(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    default:
      return value === null;
  }
}
