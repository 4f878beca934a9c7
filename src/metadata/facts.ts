import { brandOf } from '../shared/brand.js';
import { PLANNED } from '../shared/planned.js';
import type { AbstractConstructor } from '../shared/types.js';
import { findOwnMetadata } from './class-metadata.js';
import { MEMBERS, type Member } from './fact-members.js';
import { constructorOwner } from './reflection.js';
import { isWrittenAsClass, nameOf } from './written-class.js';

// What planning reads and the environment may decide. The build and the start write it, and a plan is used where both
// are equal. Every start loads and runs this, so it is small and quick: it knows the shape of few things.

/** The receiver of facts: a hash at the start, text where something differs. */
export interface FactSink {
  /** Text that the application's code contains or computes. */
  text(text: string): void;
  /** The name of a class, or a word of ours. */
  name(text: string): void;
  /** Receives the name of the next value's place. */
  key(text: string): void;
  /** A value that is neither text nor an object. */
  mark(text: string): void;
  /** One of the decorated classes, or an object that was met before. */
  reference(sign: '#' | '@', number: number): void;
  /** @param sign `[`, `{` or the like. What comes before its counterpart is one value. */
  open(sign: string): void;
  close(sign: string): void;
}

/** Writes what else is known of a class, such as its validation rules, and returns the properties it is about. */
export type MoreFacts = (type: Function, writer: FactWriter) => readonly string[];

/** The methods that make a class an enhancer. */
const ENHANCER_METHODS = ['canActivate', 'intercept', 'transform', 'catch'];

/**
 * Writes what values consist of, but nothing that a minifier changes, such as names of functions.
 *
 * A plan refers to objects by the first place that they are found in. So each object and each function is numbered when
 * it is met, and is that number wherever it is met again: where another one takes its place, the numbers differ. What
 * plans contain a copy of, such as the routes of a class, is not numbered.
 */
export class FactWriter {
  readonly #sink: FactSink;
  readonly #classes: ReadonlyMap<unknown, number>;
  readonly #more: MoreFacts;
  readonly #met = new Map<unknown, number>();
  /** The properties that classes have rules for, or that are injected, with those that they inherit. */
  readonly #properties = new Map<unknown, ReadonlySet<string | symbol>>();
  #next = 0;

  /** @param classes The decorated classes, which are written as their positions. */
  constructor(classes: readonly unknown[], sink: FactSink, more: MoreFacts) {
    this.#classes = new Map(classes.map((type, index) => [type, index]));
    this.#sink = sink;
    this.#more = more;
  }

  /** @param isCopied Whether it is part of a record that plans copy. */
  write(value: unknown, isCopied = false): void {
    if (typeof value === 'string') this.#sink.text(value);
    else if (typeof value === 'function') this.#function(value);
    else if (typeof value === 'object' && value !== null) this.#object(value, isCopied);
    else this.#scalar(value);
  }

  name(text: string): void {
    this.#sink.name(text);
  }

  open(sign: string): void {
    this.#sink.open(sign);
  }

  close(sign: string): void {
    this.#sink.close(sign);
  }

  key(key: unknown): void {
    this.#sink.key(typeof key === 'string' ? key : '');
    if (typeof key !== 'string') this.write(key);
  }

  /** Writes a member of an object, unless it is not there. */
  member(key: unknown, value: unknown, isCopied = false): void {
    const member = MEMBERS.get(key);
    if (value === undefined && member !== 'value') return;
    if (member === 'empty' && isEmpty(value)) return;
    if (member === 'enhancers' && Array.isArray(value)) return this.#enhancers(key, value);
    this.key(key);
    if (member === 'value' || member === 'passed on' || member === 'copied') this.#passedOn(value, member);
    else if (member === 'reference' && typeof value === 'function') this.write((value as () => unknown)());
    else this.write(value, isCopied && member !== 'owned');
  }

  /** Writes which object a value is, of which nothing else counts. */
  identity(value: unknown): void {
    if (!this.#isMet(value)) this.#sink.reference('@', -1);
  }

  /** Writes a list of which planning reads the kinds of values only, such as those that a rule allows. */
  kinds(list: readonly unknown[]): void {
    this.identity(list);
    this.#sink.name(Object.getPrototypeOf(list) === Array.prototype ? 'list' : '');
    for (const kind of new Set(list.map((value) => typeof value))) this.#sink.name(kind);
  }

  /**
   * Writes everything that the decorators and the compiler say about a class.
   *
   * @param type One of the decorated classes.
   */
  class(type: Function): void {
    this.#sink.name(nameOf(type));
    this.#sink.open('[');
    this.write(Object.getPrototypeOf(type));
    const own = findOwnMetadata(type);
    this.write(own ?? {}, true);
    const properties = this.#rules(type, own?.properties.keys());
    this.#constructorOf(type);
    this.write(Reflect.getOwnMetadata('design:paramtypes', type), true);
    this.write(Reflect.getOwnMetadata('injectionTokens', type));
    this.#members(type.prototype as object, properties);
    this.#sink.close(']');
  }

  #rules(type: Function, injected: Iterable<string | symbol> = []): ReadonlySet<string | symbol> {
    this.#sink.open('[');
    const own = [...this.#more(type, this), ...injected];
    this.#sink.close(']');
    // A subclass may declare another type for a property.
    const properties = new Set([...(this.#properties.get(Object.getPrototypeOf(type)) ?? []), ...own]);
    this.#properties.set(type, properties);
    return properties;
  }

  /** Writes whether a class has a constructor of its own, and how many parameters that of its instances has. */
  #constructorOf(type: Function): void {
    const owner = constructorOwner(type as AbstractConstructor);
    this.write([owner === type, owner.length], true);
  }

  /** Writes what a class has members for, and the types that the compiler emitted for them. */
  #members(prototype: object, properties: ReadonlySet<string | symbol>): void {
    const own = Reflect.ownKeys(prototype);
    for (const key of own) {
      this.key(key);
      this.#types(prototype, key);
      // Only of classes with such properties it counts which members are accessors.
      const { get, set } = (properties.size > 0 && Object.getOwnPropertyDescriptor(prototype, key)) || {};
      if (get ?? set) this.#sink.name(set ? 'set' : 'get');
    }
    for (const key of properties) {
      if (own.includes(key)) continue;
      this.key(key);
      this.#types(prototype, key);
    }
  }

  #types(prototype: object, key: string | symbol): void {
    this.write(Reflect.getOwnMetadata('design:paramtypes', prototype, key), true);
    this.write(Reflect.getOwnMetadata('design:type', prototype, key));
  }

  #scalar(value: unknown): void {
    if (typeof value === 'symbol') {
      // Those of the registry are found by their names.
      this.#sink.name(Symbol.keyFor(value) ?? '');
      this.identity(value);
    } else if (typeof value === 'bigint') this.#sink.mark(`${value}n`);
    else this.#sink.mark(Object.is(value, -0) ? '-0' : String(value));
  }

  /** Writes a number for a value that was met before. */
  #isMet(value: unknown): boolean {
    const number = this.#met.get(value);
    if (number === undefined) this.#met.set(value, this.#next++);
    else this.#sink.reference('@', number);
    return number !== undefined;
  }

  #function(value: Function): void {
    const number = this.#classes.get(value);
    if (number !== undefined) this.#sink.reference('#', number);
    else if (!this.#isMet(value)) this.#otherFunction(value);
  }

  /**
   * A function, or a class that is not among the decorated ones. It may extend one of them, and rules may be about it.
   */
  #otherFunction(value: Function): void {
    const { prototype } = value as { prototype?: object | null };
    if (typeof prototype !== 'object' || prototype === null) return this.#sink.name('');
    this.#sink.open('<');
    this.#sink.name(nameOf(value));
    for (const method of ENHANCER_METHODS) if (method in prototype) this.#sink.name(method);
    const properties = this.#rules(value);
    if (isWrittenAsClass(value)) this.#constructorOf(value);
    // Not of others: those of a library may be different in the function's runtime.
    if (this.#isDerived(value)) {
      this.write(Object.getPrototypeOf(value));
      this.#members(prototype, properties);
    }
    this.#sink.close('>');
  }

  /** Whether a class extends a decorated one, or one of the framework. */
  #isDerived(type: Function): boolean {
    const parent: unknown = Object.getPrototypeOf(type);
    if (typeof parent !== 'function') return false;
    return this.#classes.has(parent) || brandOf(parent) !== undefined || this.#isDerived(parent);
  }

  #object(value: object, isCopied: boolean): void {
    if (!isCopied && this.#isMet(value)) return;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Array.prototype) this.#items('[]', value as readonly unknown[], isCopied);
    else if (prototype === Map.prototype) this.#map(value as ReadonlyMap<unknown, unknown>, isCopied);
    else if (prototype === Set.prototype) this.#items('<>', value as ReadonlySet<unknown>, isCopied);
    else if (prototype === Object.prototype || prototype === null) this.#plain(value, prototype, isCopied);
    else if (!isCopied || !this.#isMet(value)) this.#instance(value);
  }

  #items(signs: string, list: Iterable<unknown>, isCopied: boolean): void {
    this.#sink.open(signs[0]!);
    for (const item of list) this.write(item, isCopied);
    this.#sink.close(signs[1]!);
  }

  #map(map: ReadonlyMap<unknown, unknown>, isCopied: boolean): void {
    this.#sink.open('(');
    for (const [key, member] of map) this.member(key, member, isCopied);
    this.#sink.close(')');
  }

  #plain(value: object, prototype: unknown, isCopied: boolean): void {
    this.#sink.open(prototype === null ? '/' : '{');
    for (const key in value) {
      // A getter might make what only an application that runs needs.
      const isMade = key === 'useValue' && Object.getOwnPropertyDescriptor(value, key)?.get;
      this.member(key, isMade ? null : (value as Record<string, unknown>)[key], isCopied);
    }
    this.#sink.close('}');
  }

  /** Writes of which class an instance is, and what planning reads of it. */
  #instance(value: object): void {
    this.#sink.open('<');
    this.#sink.name('of');
    this.write(value.constructor);
    this.#schema(value);
    if (value instanceof RegExp) this.#sink.text(String(value));
    if (PLANNED in value) this.write(value[PLANNED]);
    if (isDelayed(value)) this.write(value.wrap());
    this.#sink.close('>');
  }

  #passedOn(value: unknown, member: Member): void {
    // Plans name classes, so it counts which one it is.
    if (member === 'copied' && (typeof value === 'function' || Object(value) !== value)) this.write(value);
    // What is no object is numbered as one, which it may be at the start.
    else this.identity(Object(value) === value ? value : Symbol());
  }

  #enhancers(key: unknown, list: readonly unknown[]): void {
    if (list.length === 0) return;
    this.key(key);
    this.#sink.open('[');
    for (const one of list) {
      if (!isPlain(one)) this.write(one);
      else if (!this.#isMet(one)) this.#enhancer(one);
    }
    this.#sink.close(']');
  }

  /** Writes what an object has members for, but not what is in them. */
  #enhancer(one: object): void {
    this.#sink.open('<');
    for (const key in one) this.#sink.name(key);
    this.#schema(one);
    this.#sink.close('>');
  }

  /** Writes whether an object is a Standard Schema, which planning asks of all that a parameter is given. */
  #schema(value: Partial<Record<'~standard', unknown>>): void {
    if (value['~standard'] !== undefined) this.#sink.name('schema');
  }
}

function isPlain(value: unknown): value is object {
  return Object(value) === value && Object.getPrototypeOf(value) === Object.prototype;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

/** Whether a value is a token that tsyringe's `delay` returns. */
function isDelayed(value: object): value is { readonly wrap: () => unknown } {
  return Object.hasOwn(value, 'wrap') && 'createProxy' in value;
}
