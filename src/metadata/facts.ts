import { isForwardReference } from '../shared/token.js';
import { declaredMetadata } from './class-record.js';

// What planning reads and the environment may decide, as text. The build and the start write it, and an emitted plan is
// used where both are equal. This is loaded with every function, so it is small: it knows the shape of nothing.

/** Members that no plan depends on, or that planning only passes on. Whether they are there counts. */
const PASSED_ON = new Set(['useValue', 'data', 'api', 'apiProperties']);

/** How deep values are written without a look whether they were written before. No record of ours is deeper. */
const DEPTH = 8;

/** Writes values as text: what they consist of, but nothing that a minifier changes, such as names of functions. */
export class FactWriter {
  readonly #numbers: ReadonlyMap<unknown, number>;
  readonly #seen = new Map<unknown, number>();

  /** @param classes The decorated classes, which are written as their positions. */
  constructor(classes: readonly unknown[]) {
    this.#numbers = new Map(classes.map((type, index) => [type, index]));
  }

  write(value: unknown, depth = 0): string {
    if (typeof value === 'string') return `${value.length}'${value}`;
    if (typeof value === 'function') return this.#function(value);
    if (typeof value !== 'object' || value === null) return String(value);
    if (isForwardReference(value)) return `>${this.write(value.forwardRef(), depth)}`;
    return this.#container(value, depth) ?? this.#identity(value, `${nameOf(value.constructor)} ${describe(value)}`);
  }

  /** Writes a class that has a number, or a name of its own, as such; a function as one. */
  #function(value: Function): string {
    const number = this.#numbers.get(value);
    return number === undefined ? this.#identity(value, nameOf(value)) : `#${number}`;
  }

  /** Writes which of the values before this one is, so that two that are swapped are noticed. */
  #identity(value: unknown, text: string): string {
    const number = this.#seen.get(value) ?? this.#seen.size;
    this.#seen.set(value, number);
    return `${text}@${number}`;
  }

  #container(value: object, depth: number): string | undefined {
    const isList = Array.isArray(value) || value instanceof Set;
    const isMap = value instanceof Map;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (!isList && !isMap && prototype !== Object.prototype && prototype !== null) return undefined;
    if (depth > DEPTH && this.#seen.has(value)) return this.#identity(value, '');
    if (depth > DEPTH) this.#identity(value, '');
    let text = '';
    if (isList) for (const item of value as readonly unknown[]) text += `${this.write(item, depth + 1)},`;
    else for (const [key, member] of isMap ? value : Object.entries(value)) text += this.#member(key, member, depth);
    return isList ? `[${text}]` : `{${text}}`;
  }

  #member(key: unknown, value: unknown, depth: number): string {
    if (value === undefined) return '';
    return `${this.write(key, depth)}:${PASSED_ON.has(key as string) ? '' : this.write(value, depth + 1)},`;
  }
}

/** Returns the name of a class. Those of functions, whose `prototype` can be set, are lost in a bundle. */
function nameOf(value: unknown): string {
  if (typeof value !== 'function') return '';
  const isClass = Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
  // Bundlers number classes of the same name.
  return isClass ? value.name.replace(/\$\d+$/, '') : '';
}

/** Tells values of a class apart: dates, patterns, and tokens by their description. */
function describe(value: object): string {
  if (value instanceof Date) return String(value.getTime());
  return value instanceof RegExp || 'description' in value ? String(value) : '';
}

/** Returns a hash of 53 bits, as text: cyrb53, which is in the public domain. */
export function hashOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return ((b & 0x1fffff) * 0x100000000 + (a >>> 0)).toString(36);
}

const TYPES = ['design:paramtypes', 'design:type'] as const;

/**
 * Returns what the decorators and the compiler say about each class.
 *
 * @param more Returns what else is known about a class, such as its validation rules, and the properties it has.
 */
export function classFacts(
  classes: readonly Function[],
  writer: FactWriter,
  more: (type: Function) => { readonly facts: unknown; readonly properties: readonly string[] },
): string[] {
  return classes.map((type) => {
    const record = declaredMetadata(type) as Partial<Record<'methods' | 'properties', ReadonlyMap<string, unknown>>>;
    const { facts, properties } = more(type);
    const keys = new Set([...(record.methods?.keys() ?? []), ...(record.properties?.keys() ?? []), ...properties]);
    const types = [undefined, ...keys].map((key) =>
      TYPES.map((name) =>
        Reflect.getOwnMetadata(name, (key === undefined ? type : type.prototype) as object, key as string),
      ),
    );
    return `${nameOf(type)}<${writer.write([Object.getPrototypeOf(type), record, facts, types])}`;
  });
}
