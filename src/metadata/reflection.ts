import 'reflect-metadata';
import type { AbstractConstructor } from '../shared/types.js';

// The one owner of reflect-metadata: everything else asks here for what the compiler emitted.

type Target = object;

/** Where one member of an enum is the type, swc and oxc emit its value. */
function typeOf(emitted: unknown): unknown {
  return typeof emitted === 'string' || typeof emitted === 'number' ? Object(emitted).constructor : emitted;
}

/** The parameter types of a method; `undefined` when it carries no decorator or nothing was emitted. */
export function parameterTypes(prototype: Target, key: string | symbol): readonly unknown[] | undefined {
  return (Reflect.getMetadata('design:paramtypes', prototype, key) as readonly unknown[] | undefined)?.map(typeOf);
}

export function returnType(prototype: Target, key: string | symbol): unknown {
  return typeOf(Reflect.getMetadata('design:returntype', prototype, key));
}

/** The declared type of a property; `undefined` when the property carries no decorator or nothing was emitted. */
export function propertyType(prototype: Target, key: string | symbol): unknown {
  return typeOf(Reflect.getMetadata('design:type', prototype, key));
}

/** Says what the compiler would have emitted as the declared type of a property. */
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
 * The class that says what a constructor takes: the nearest that declares one, beginning with `type` itself.
 *
 * `length` and the emitted types don't tell it: compilers emit nothing for a class without decorators, and give a class
 * with properties a constructor that hands on all it is given.
 */
export function constructorOwner<C extends AbstractConstructor>(type: C): C {
  let owner = owners.get(type);
  // Reading the source takes microseconds, and a start asks a dozen times.
  if (!owner) owners.set(type, (owner = findOwner(type)));
  return owner as C;
}

/** The constructor parameter types that the compiler emitted; `undefined` when there are none. */
export function constructorTypes(type: AbstractConstructor): readonly unknown[] | undefined {
  return readOwnMetadata('design:paramtypes', constructorOwner(type));
}

function findOwner(type: AbstractConstructor): AbstractConstructor {
  const parent: unknown = Object.getPrototypeOf(type);
  if (typeof parent !== 'function' || parent === Function.prototype || declaresConstructor(type)) return type;
  return isInjected(parent as AbstractConstructor) ? constructorOwner(parent as AbstractConstructor) : type;
}

/**
 * A container has nothing for what is no class, such as EventEmitter, a stream or Error; for one that was compiled to a
 * function it may.
 */
function isInjected(parent: AbstractConstructor): boolean {
  return String(parent).startsWith('class') || readOwnMetadata('design:paramtypes', parent) !== undefined;
}

function declaresConstructor(type: AbstractConstructor): boolean {
  if (type.length > 0) return true;
  const written = constructorSource(String(type));
  if (written !== undefined) return !HANDS_ON.some((form) => form.test(written));
  return readOwnMetadata('design:paramtypes', type) !== undefined;
}

/**
 * `constructor() { super(...arguments)`, as TypeScript writes for properties, `constructor(...args) { super(...args)`,
 * as mixins do, and `super(...args.concat(`, as tsyringe's `@autoInjectable` does, which asks its own container for
 * what it is not given.
 */
const HANDS_ON = [
  /^\s*\)\s*\{\s*super\(\s*\.\.\.\s*arguments\b/,
  /^\s*\.\.\.\s*([\w$]+)\s*\)\s*\{\s*super\(\s*\.\.\.\s*\1\s*(?:\)|\.\s*concat\()/,
];

/**
 * Comments and texts, braces, and the word; a regular expression with braces of its own may hide what comes after it.
 */
const PARTS =
  /\/\*[^]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`|[{}]|(?<![\w$.#]|\bstatic\s)constructor\s*\(/g;

/** What follows `constructor(` in the body of the class itself. */
function constructorSource(source: string): string | undefined {
  let depth = 0;
  for (const { 0: part, index } of source.matchAll(PARTS)) {
    if (part === '{') depth++;
    else if (part === '}') depth--;
    else if (depth === 1 && part.startsWith('constructor')) return source.slice(index + part.length);
  }
  return undefined;
}
