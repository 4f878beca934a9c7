import { declaredMetadata } from './class-record.js';

// What planning reads and the environment may decide. The build and the start write it, and a plan is used where both
// are equal. This is loaded with every function, so it is small: it knows the shape of nothing.

/** What facts are written to: a hash at the start, text where something differs. */
export interface FactSink {
  string(text: string): void;
  /** A value that is neither text nor an object, or the name of a class. */
  mark(text: string): void;
  /** @param sign What is around values: `[`, `]`, `{`, `}`, `#`, and `,` or `:` between them. */
  sign(sign: string): void;
  number(value: number): void;
}

/** Members that no plan depends on, or that planning only passes on. Whether they are there counts. */
const PASSED_ON = new Set(['useValue', 'data', 'api', 'apiProperties', 'configClass', 'access']);

/** Members of records that mean the same whether they are empty or not there. Most are empty. */
const ALIKE = new Set(
  (
    'guards interceptors pipes filters routes consumers headers parameters injections properties methods ' +
    'imports controllers providers exports'
  ).split(' '),
);

/** How deep values are written without a look whether they were written before. No record of ours is deeper. */
const DEPTH = 8;

/** Writes what values consist of, but nothing that a minifier changes, such as names of functions. */
export class FactWriter {
  readonly #sink: FactSink;
  readonly #numbers: ReadonlyMap<unknown, number>;
  readonly #seen = new Map<unknown, number>();

  /** @param classes The decorated classes, which are written as their positions. */
  constructor(classes: readonly unknown[], sink: FactSink) {
    this.#numbers = new Map(classes.map((type, index) => [type, index]));
    this.#sink = sink;
  }

  write(value: unknown, depth = 0): void {
    if (typeof value === 'string') this.#sink.string(value);
    else if (typeof value === 'function') this.#function(value);
    else if (typeof value === 'object' && value !== null) this.#object(value, depth);
    else if (value === undefined) this.#sink.sign('_');
    else this.#sink.mark(String(value));
    this.#sink.sign(',');
  }

  /** Writes a list of what a function writes. */
  list(write: () => void): void {
    this.#sink.sign('[');
    write();
    this.#sink.sign(']');
    this.#sink.sign(',');
  }

  #function(value: Function): void {
    const number = this.#numbers.get(value);
    if (number === undefined) return this.#identity(value, nameOf(value));
    this.#sink.sign('#');
    this.#sink.number(number);
  }

  /** Writes which of the values before this one is, so that two that are swapped are noticed. */
  #identity(value: unknown, text: string): void {
    const number = this.#seen.get(value) ?? this.#seen.size;
    this.#seen.set(value, number);
    this.#sink.mark(`${text}@`);
    this.#sink.number(number);
  }

  #object(value: object, depth: number): void {
    const prototype: unknown = Object.getPrototypeOf(value);
    const isList = Array.isArray(value) || value instanceof Set;
    const isMap = value instanceof Map;
    if (!isList && !isMap && prototype !== Object.prototype && prototype !== null) {
      this.#identity(value, nameOf(value.constructor));
      return this.#sink.string(describe(value));
    }
    if (depth > DEPTH) {
      const isKnown = this.#seen.has(value);
      this.#identity(value, '');
      if (isKnown) return;
    }
    this.#sink.sign(isList ? '[' : '{');
    if (isList) for (const item of value as Iterable<unknown>) this.write(item, depth + 1);
    else if (isMap) for (const [key, member] of value) this.#member(key, member, depth);
    else for (const key in value) this.#member(key, (value as Record<string, unknown>)[key], depth);
    this.#sink.sign(isList ? ']' : '}');
  }

  #member(key: unknown, value: unknown, depth: number): void {
    if (value === undefined || (isEmpty(value) && ALIKE.has(key as string))) return;
    if (typeof key === 'string') this.#sink.string(key);
    else this.write(key);
    this.#sink.sign(':');
    // Planning looks behind references, too.
    if (key === 'forwardRef' && typeof value === 'function') this.write((value as () => unknown)(), depth);
    else if (!PASSED_ON.has(key as string)) this.write(value, depth + 1);
  }
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
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

/**
 * Writes what the decorators and the compiler say about a class.
 *
 * @param more Writes what else is known about it, such as its validation rules, and returns the properties it is about.
 */
export function writeClass(
  type: Function,
  writer: FactWriter,
  more: (type: Function, writer: FactWriter) => readonly string[],
): void {
  const record = declaredMetadata(type) as Partial<Record<'methods' | 'properties', ReadonlyMap<string, unknown>>>;
  writer.write(nameOf(type));
  writer.list(() => {
    writer.write(Object.getPrototypeOf(type));
    writer.write(record);
    const properties = more(type, writer);
    writer.write(Reflect.getOwnMetadata('design:paramtypes', type));
    const keys = new Set([...(record.methods?.keys() ?? []), ...(record.properties?.keys() ?? []), ...properties]);
    for (const key of keys) {
      writer.write(Reflect.getOwnMetadata('design:paramtypes', type.prototype as object, key));
      writer.write(Reflect.getOwnMetadata('design:type', type.prototype as object, key));
    }
  });
}

/** A hash of 53 bits: each distinct text is read once. */
export class FactHash implements FactSink {
  readonly #known = new Map<string, number>();
  #low = 0xdeadbeef;
  #high = 0x41c6ce57;

  string(text: string): void {
    this.number(1);
    this.mark(text);
  }

  mark(text: string): void {
    let hash = this.#known.get(text);
    if (hash === undefined) this.#known.set(text, (hash = hashOf(text)));
    this.number(hash);
  }

  sign(sign: string): void {
    // Every value is a number here, so nothing has to stand between them.
    if (sign !== ',' && sign !== ':') this.number(sign.charCodeAt(0));
  }

  number(value: number): void {
    this.#low = Math.imul((this.#low << 5) | (this.#low >>> 27), 2654435761) ^ value;
    this.#high = Math.imul(this.#high ^ value, 1597334677);
    this.#high ^= this.#high >>> 15;
  }

  toString(): string {
    return ((this.#high & 0x1fffff) * 0x100000000 + (this.#low >>> 0)).toString(36);
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
