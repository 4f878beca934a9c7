import { EMIT, type Emittable, type EmitScope, NotEmittable } from '../../contracts/emittable.js';
import { describeValue } from '../../errors/describe-value.js';
import { dateLiteral, joined, primitiveLiteral, propertyKey, regExpLiteral } from '../literals.js';
import { type EmittedMember, keyOf, ObjectShapes } from './object-shapes.js';
import { VariableNames } from './variable-names.js';

/** Finds expressions for values that are not data: classes, functions, instances, symbols. */
export interface ValueNames {
  /** Returns `undefined` for a value that it doesn't know. */
  expressionOf(value: unknown, scope: EmitScope): string | undefined;
  /** Returns a name for the variable of an object that occurs twice; by default that of the member that holds it. */
  hintOf?(value: unknown): string | undefined;
  /** Returns how errors name a plain object, instead of by its place. */
  titleOf?(value: object): string | undefined;
}

/** A value as source text. */
export interface EmittedValue {
  /** Names that the text imports: by the file's path in `src/`, then by the export, the local name. */
  readonly imports: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Statements, for a function body. */
  readonly declarations: readonly string[];
  readonly expression: string;
}

/**
 * Writes a graph of objects as source text. Objects that occur twice become variables, and circles are closed
 * afterwards.
 *
 * @param what Names the value for errors, as in `the plan`.
 * @throws NotEmittable naming the first value that has no expression.
 */
export function emitValue(value: unknown, names: ValueNames, what: string): EmittedValue {
  const first = new Writer(names);
  first.value(value, what);
  const writer = new Writer(names, first);
  const expression = writer.value(value, what);
  const { imports, declarations } = writer;
  return { imports, declarations, expression };
}

type Container = readonly unknown[] | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | Readonly<object>;

const NOTHING_KNOWN = {
  repeated: new Set<unknown>(),
  circular: new Set<unknown>(),
  shapes: new ObjectShapes(),
};

/** The first pass finds the objects that occur twice and those that look alike, the second writes them as such. */
class Writer implements EmitScope {
  readonly repeated = new Set<unknown>();
  readonly circular = new Set<unknown>();
  readonly imports = new Map<string, Map<string, string>>();
  readonly declarations: string[] = [];
  readonly #names: ValueNames;
  readonly #variables = new VariableNames();
  readonly #written = new Map<unknown, string>();
  readonly #open = new Set<unknown>();
  readonly shapes = new ObjectShapes();
  readonly #first: Pick<Writer, 'repeated' | 'circular' | 'shapes'>;
  readonly #makers = new Map<string, string>();
  #depth = 0;

  /** @param first The writer of the first pass. */
  constructor(names: ValueNames, first: Pick<Writer, 'repeated' | 'circular' | 'shapes'> = NOTHING_KNOWN) {
    this.#names = names;
    this.#first = first;
  }

  value(value: unknown, what: string): string {
    const primitive = primitiveLiteral(value);
    if (primitive !== undefined) return primitive;
    const written = this.#written.get(value);
    if (written !== undefined || this.#open.has(value)) this.repeated.add(value);
    if (written !== undefined) return written;
    if (this.#open.has(value)) return this.#reopened(value);
    this.#open.add(value);
    try {
      const text = this.#first.repeated.has(value) ? this.#variable(value, what) : this.#inline(value, what);
      this.#written.set(value, text);
      return text;
    } catch (error) {
      // Whoever asked may go on without it.
      this.#written.delete(value);
      throw error;
    } finally {
      this.#open.delete(value);
    }
  }

  imported(module: string, name: string): string {
    const ofModule = this.imports.get(module) ?? new Map<string, string>();
    this.imports.set(module, ofModule);
    const known = ofModule.get(name);
    if (known !== undefined) return known;
    const local = this.#variables.unique(name);
    ofModule.set(name, local);
    return local;
  }

  declare(hint: string, text: (name: string) => string): string {
    const name = this.#variables.unique(hint);
    this.declarations.push(this.#inDepth(0, () => text(name)));
    return name;
  }

  /** Writes with the indentation of a depth, whatever it is part of. */
  #inDepth<T>(depth: number, write: () => T): T {
    const outer = this.#depth;
    this.#depth = depth;
    try {
      return write();
    } finally {
      this.#depth = outer;
    }
  }

  /** A value that is referred to while it is being written. */
  #reopened(value: unknown): string {
    this.circular.add(value);
    return this.#written.get(value) ?? 'undefined';
  }

  #variable(value: unknown, what: string): string {
    if (this.#first.circular.has(value)) return this.#closedLater(value as object, what);
    const text = this.#inDepth(0, () => this.#inline(value, what));
    // A name needs no other name.
    if (/^[\w$]+$/.test(text)) return text;
    return this.declare(this.#hintOf(value, what), (name) => `const ${name} = ${text};`);
  }

  #hintOf(value: unknown, what: string): string {
    return this.#names.hintOf?.(value) ?? hintOf(value, what);
  }

  /** Declares an object that refers to itself first, and fills it then. */
  #closedLater(value: object, what: string): string {
    const name = this.#variables.unique(this.#hintOf(value, what));
    this.#written.set(value, name);
    if (isContainer(value) && this.#nameOf(value) === undefined) {
      this.declarations.push(`const ${name} = ${emptyLike(value)};`);
      const statements = this.#inDepth(0, () => this.#fill(name, value, what));
      this.declarations.push(...statements);
    } else {
      // What it refers to may use it only later, inside functions.
      this.declarations.push(`let ${name};`);
      const text = this.#inDepth(0, () => this.#inline(value, what));
      this.declarations.push(`${name} = ${text};`);
    }
    return name;
  }

  #fill(name: string, value: Container, what: string): string[] {
    if (Array.isArray(value)) return this.#items(value, what).map((item) => `${name}.push(${item});`);
    if (value instanceof Map) return this.#entries(value, what).map(([key, item]) => `${name}.set(${key}, ${item});`);
    if (value instanceof Set) return this.#items([...value], what).map((item) => `${name}.add(${item});`);
    return this.#members(value, what).map(({ key, text }) => memberStatement(name, key, text));
  }

  #inline(value: unknown, what: string): string {
    const name = this.#nameOf(value);
    if (name !== undefined) return name;
    if (isEmittable(value)) return value[EMIT](this);
    if (value instanceof Date && isOwnKind(value, Date)) return dateLiteral(value);
    if (value instanceof RegExp && isOwnKind(value, RegExp)) return regExpLiteral(value);
    if (isContainer(value)) return this.#literal(value, what);
    throw new NotEmittable(
      `${readable(what)} is ${describeValue(value)}, which the bundle can't find again at the start: ` +
        'it finds what decorators and the options of LambdaApplication.create hold',
    );
  }

  #nameOf(value: unknown): string | undefined {
    return this.#names.expressionOf(value, this);
  }

  #literal(value: Container, what: string): string {
    const depth = this.#depth;
    return this.#inDepth(depth + 1, () => {
      if (Array.isArray(value)) return joined(['[', ']'], this.#items(value, what), depth);
      if (value instanceof Map) {
        const entries = this.#entries(value, what).map(([key, item]) => `[${key}, ${item}]`);
        return entries.length === 0 ? 'new Map()' : joined(['new Map([', '])'], entries, depth);
      }
      if (value instanceof Set)
        return value.size === 0 ? 'new Set()' : joined(['new Set([', '])'], this.#items([...value], what), depth);
      return this.#object(value, what, depth);
    });
  }

  #items(list: readonly unknown[], what: string): string[] {
    return Array.from({ length: list.length }, (_, index) => {
      if (!Object.hasOwn(list, index))
        throw new NotEmittable(`${readable(what)}[${index}] is missing: a list has no holes`);
      return this.value(list[index], `${what}[${index}]`);
    });
  }

  #entries(map: ReadonlyMap<unknown, unknown>, what: string): [key: string, value: string][] {
    return [...map].map(([key, value], index) => [
      this.value(key, `key ${index + 1} of ${what}`),
      this.value(value, `${what}.get(${typeof key === 'string' ? JSON.stringify(key) : index + 1})`),
    ]);
  }

  #object(value: object, what: string, depth: number): string {
    const members = this.#members(value, what);
    const literals = members.map(({ key, text }) => `${key}: ${text}`);
    if (Object.getPrototypeOf(value) === null) return joined(['{', '}'], ['__proto__: null', ...literals], depth);
    this.shapes.add(members);
    const maker = this.#first.shapes.makerOf(members);
    if (!maker) return joined(['{', '}'], literals, depth);
    const hint = `make_${lastWord(what) ?? 'object'}`;
    const name = this.#makers.get(keyOf(members)) ?? this.declare(hint, (own) => `const ${own} = ${maker.text};`);
    this.#makers.set(keyOf(members), name);
    return joined([`${name}(`, ')'], maker.argumentsOf(members), depth);
  }

  #members(value: object, what: string): EmittedMember[] {
    const title = this.#names.titleOf?.(value);
    const holder = title === undefined ? what : title + TITLE_END;
    return Reflect.ownKeys(value).flatMap((key) => {
      const { enumerable, value: member, get } = Object.getOwnPropertyDescriptor(value, key)!;
      const place = `${holder}.${String(key)}`;
      if (get) throw new NotEmittable(`${readable(place)} is a getter`);
      if (!enumerable) return [];
      const keyText = typeof key === 'symbol' ? `[${this.value(key, `the key ${place}`)}]` : propertyKey(key);
      const isLiteral = typeof member !== 'symbol' && primitiveLiteral(member) !== undefined;
      return { key: keyText, text: this.value(member, place), isLiteral };
    });
  }
}

function memberStatement(object: string, key: string, value: string): string {
  // Assigning to it would set the prototype.
  if (key === '["__proto__"]') {
    const descriptor = `{ value: ${value}, enumerable: true, configurable: true, writable: true }`;
    return `Object.defineProperty(${object}, "__proto__", ${descriptor});`;
  }
  if (key.startsWith('[')) return `${object}${key} = ${value};`;
  return key.startsWith('"') ? `${object}[${key}] = ${value};` : `${object}.${key} = ${value};`;
}

function isEmittable(value: unknown): value is Emittable {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && EMIT in value;
}

function isOwnKind(value: object, { prototype }: { readonly prototype: unknown }): boolean {
  return Object.getPrototypeOf(value) === prototype;
}

/** Whether a value is a list, a map, a set or a plain object, and of no subclass. */
function isContainer(value: unknown): value is Container {
  if (typeof value !== 'object' || value === null || EMIT in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return [null, Object.prototype, Array.prototype, Map.prototype, Set.prototype].includes(prototype as null);
}

function emptyLike(value: Container): string {
  if (Array.isArray(value)) return '[]';
  if (value instanceof Map) return 'new Map()';
  if (value instanceof Set) return 'new Set()';
  return Object.getPrototypeOf(value) === null ? 'Object.create(null)' : '{}';
}

/** Between the title of an object and the path of a value inside it. */
const TITLE_END = '\0';

function readable(what: string): string {
  const [title = '', path] = what.split(TITLE_END, 2);
  return path ? `${path.replace(/^\./, '')} of ${title}` : title;
}

/** Returns a name for a variable: that of the value, or of the member that holds it. */
function hintOf(value: unknown, what: string): string {
  const name: unknown = Object.getOwnPropertyDescriptor(Object(value), 'name')?.value;
  if (typeof name === 'string' && name !== '') return name;
  return lastWord(what) ?? 'value';
}

function lastWord(what: string): string | undefined {
  return what.match(/[A-Za-z_]\w*/g)?.at(-1);
}
