import 'reflect-metadata';
import { parentOf } from '../shared/class-methods.js';
import type { AbstractConstructor } from '../shared/types.js';

// The only file that uses reflect-metadata. All others read here what the compiler emitted.

type Target = object;

/** Returns the class of an emitted type. For a type that is one member of an enum, swc and oxc emit its value. */
function typeOf(emitted: unknown): unknown {
  return typeof emitted === 'string' || typeof emitted === 'number' ? Object(emitted).constructor : emitted;
}

/** Returns the parameter types of a method; `undefined` when it has no decorator or the compiler emitted none. */
export function parameterTypes(prototype: Target, key: string | symbol): readonly unknown[] | undefined {
  return (Reflect.getMetadata('design:paramtypes', prototype, key) as readonly unknown[] | undefined)?.map(typeOf);
}

/** Sets the parameter types of a method, as the compiler would have emitted them. */
export function writeParameterTypes(prototype: Target, key: string | symbol, types: readonly unknown[]): void {
  Reflect.defineMetadata('design:paramtypes', types, prototype, key);
}

export function returnType(prototype: Target, key: string | symbol): unknown {
  return typeOf(Reflect.getMetadata('design:returntype', prototype, key));
}

/** Returns the declared type of a property; `undefined` when it has no decorator or the compiler emitted none. */
export function propertyType(prototype: Target, key: string | symbol): unknown {
  return typeOf(Reflect.getMetadata('design:type', prototype, key));
}

/** Sets the declared type of a property, as the compiler would have emitted it. */
export function writePropertyType(prototype: Target, key: string | symbol, type: unknown): void {
  Reflect.defineMetadata('design:type', type, prototype, key);
}

export function readMetadata<T>(key: unknown, target: Target): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}

export function readOwnMetadata<T>(key: unknown, target: Target): T | undefined {
  return Reflect.getOwnMetadata(key, target) as T | undefined;
}

export function writeMetadata(key: unknown, value: unknown, target: Target): void {
  Reflect.defineMetadata(key, value, target);
}

const owners = new WeakMap<AbstractConstructor, AbstractConstructor>();

/**
 * Returns the class that declares the constructor: `type` itself, or the nearest ancestor that does.
 *
 * `length` and the emitted types are not enough: compilers emit nothing for a class without decorators, and generate a
 * constructor that passes on all arguments for a class with properties.
 */
export function constructorOwner<C extends AbstractConstructor>(type: C): C {
  let owner = owners.get(type);
  // Cached: reading the source takes microseconds, and a start asks a dozen times.
  if (!owner) owners.set(type, (owner = findOwner(type)));
  return owner as C;
}

/** Returns the emitted types of the constructor parameters; `undefined` when there are none. */
export function constructorTypes(type: AbstractConstructor): readonly unknown[] | undefined {
  return readOwnMetadata('design:paramtypes', constructorOwner(type));
}

function findOwner(type: AbstractConstructor): AbstractConstructor {
  const parent = parentOf(type);
  return parent && !declaresConstructor(type) && isInjected(parent) ? constructorOwner(parent) : type;
}

/**
 * Whether a parent may have injected parameters. Built-ins such as EventEmitter, streams and Error can't; a class that
 * was compiled to a function can.
 */
function isInjected(parent: AbstractConstructor): boolean {
  return String(parent).startsWith('class') || readOwnMetadata('design:paramtypes', parent) !== undefined;
}

function declaresConstructor(type: AbstractConstructor): boolean {
  if (type.length > 0) return true;
  const written = constructorSource(String(type));
  if (written !== undefined) return !PASSES_ARGUMENTS_ON.some((form) => form.test(written));
  return readOwnMetadata('design:paramtypes', type) !== undefined;
}

/**
 * Constructors that pass on their arguments: `constructor() { super(...arguments)`, which TypeScript generates for
 * properties, `constructor(...args) { super(...args)` of mixins, and `super(...args.concat(` of tsyringe's
 * `@autoInjectable`, which resolves missing arguments from its own container.
 */
const PASSES_ARGUMENTS_ON = [
  /^\s*\)\s*\{\s*super\(\s*\.\.\.\s*arguments\b/,
  /^\s*\.\.\.\s*([\w$]+)\s*\)\s*\{\s*super\(\s*\.\.\.\s*\1\s*(?:\)|\.\s*concat\()/,
];

const COMMENT = /\/\*[^]*?\*\/|\/\/.*/;
const STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`/;
const CONSTRUCTOR = /(?<![\w$.#]|\bstatic\s)constructor\s*\(/;
/** Matches the parts of a class's body. A regular expression with braces may hide what follows it. */
const PARTS = new RegExp([COMMENT, STRING, /[{}]/, CONSTRUCTOR].map(({ source }) => source).join('|'), 'g');

/** Returns what follows `constructor(` in the body of the class itself. */
function constructorSource(source: string): string | undefined {
  let depth = 0;
  for (const { 0: part, index } of source.matchAll(PARTS)) {
    if (part === '{') depth++;
    else if (part === '}') depth--;
    else if (depth === 1 && part.startsWith('constructor')) return source.slice(index + part.length);
  }
  return undefined;
}
