import { isBoxedPrimitive, isMap, isNativeError, isSet } from 'node:util/types';
import { HttpException } from '../../errors/http-exception.js';
import { isBranded } from '../../shared/brand.js';

/** The reason why JSON would lose a value, and what to return instead. */
type Loss = string;

export const PROMISE: Loss = 'a promise: await it';
export const FUNCTION: Loss = 'a function or a symbol, which JSON leaves out: call it, and return its result';

const NO_FORM = 'which JSON cannot represent';
const BYTES = `${NO_FORM}: return Buffer.from(…), or inside of data its .toString('base64')`;
const WHOLE_BYTES = `${NO_FORM}: return it by itself, or inside of data Buffer.from(…).toString('base64')`;

/** By tag, since naming the global `Response` would make Node load all of fetch. */
const LOSSES: ReadonlyMap<string, Loss> = new Map([
  ['Response', 'a Response: return it by itself, or what you have read from it, such as json()'],
  ['Request', `a Request, ${NO_FORM}: return its data`],
  ['ArrayBuffer', `an ArrayBuffer, ${WHOLE_BYTES}`],
  ['SharedArrayBuffer', `a SharedArrayBuffer, ${WHOLE_BYTES}`],
  ['Blob', `a Blob, ${NO_FORM}: return it by itself, or inside of data its text()`],
  ['File', `a File, ${NO_FORM}: return it by itself, or inside of data its text()`],
  ['Headers', `Headers, ${NO_FORM}: return Object.fromEntries(…)`],
  ['FormData', `FormData, ${NO_FORM}: return Object.fromEntries(…)`],
  ['URLSearchParams', `URLSearchParams, ${NO_FORM}: return Object.fromEntries(…), or String(…)`],
  ['RegExp', `a regular expression, ${NO_FORM}: return String(…)`],
  ['Promise', PROMISE],
  ['WeakMap', `a WeakMap, ${NO_FORM}`],
  ['WeakSet', `a WeakSet, ${NO_FORM}`],
  ['WeakRef', `a WeakRef, ${NO_FORM}: return the result of deref()`],
]);

/**
 * Returns why JSON would lose the content of an instance, whatever members it has; `undefined` if its members are its
 * content. The result is kept for all instances of the class, so the class decides, not the instance, wherever they
 * could differ.
 */
export function lossOf(value: object): Loss | undefined {
  if (isError(value)) return lossOfError(value);
  if (isBranded(value, 'Response')) return 'a Response: return it by itself, or its content here';
  if (ArrayBuffer.isView(value)) return `a ${nameOf(value)}, ${BYTES}`;
  const { then, subscribe, pipe } = Object.getPrototypeOf(value) as {
    then?: unknown;
    subscribe?: unknown;
    pipe?: unknown;
  };
  if (typeof then === 'function') return PROMISE;
  if (typeof subscribe === 'function' && typeof pipe === 'function')
    return 'an Observable, which nothing subscribes to: return await firstValueFrom(…)';
  return (
    LOSSES.get(tagOf(value)) ??
    (Symbol.asyncIterator in value
      ? `a stream (${nameOf(value)}): return it by itself, or what you have read from it`
      : undefined)
  );
}

/**
 * Returns why JSON would turn an instance without visible members into `{}` although it has content: private members,
 * members with symbol keys, or what iterating it yields. An instance of a class without any of these is empty.
 */
export function hiddenContent(value: object): Loss | undefined {
  const name = nameOf(value);
  if (Symbol.iterator in value) return `an iterable (${name}), which JSON writes as {}: return a list, such as [...it]`;
  if (!keepsSecrets(value)) return undefined;
  return `an instance of ${name}, which JSON writes as {}: return its data, or give the class a toJSON()`;
}

function isError(value: object): value is Error {
  return isNativeError(value) || value instanceof Error;
}

/** An error's members are not a result: `errorDetail`, `cause` and what clients add to their errors are for the log. */
function lossOfError(error: Error): Loss {
  if (error instanceof HttpException) return `a ${nameOf(error)}: throw it, or return its getResponse()`;
  return `an error (${nameOf(error)}), whose members are not a result: throw it, or return what the caller may know`;
}

function keepsSecrets(value: object): boolean {
  return (
    isBoxedPrimitive(value) ||
    isMap(value) ||
    isSet(value) ||
    Reflect.ownKeys(value).length > Object.keys(value).length ||
    classesOf(value).some(isSecretive)
  );
}

/** Returns the classes of a value, without `Object`. */
function classesOf(value: object): Function[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || Object.getPrototypeOf(prototype) === null) return [];
  const { constructor } = prototype as { constructor?: unknown };
  return [...(typeof constructor === 'function' ? [constructor] : []), ...classesOf(prototype)];
}

// `#name`, what compilers turn it into for older targets, and built-in classes, which keep everything inside.
const SECRETIVE = /#[A-Za-z_$]|private_?field|\[native code\]/i;

function isSecretive(type: Function): boolean {
  return SECRETIVE.test(Function.prototype.toString.call(type));
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function nameOf(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : tagOf(value);
}

/** Deeper results count as circular; `JSON.stringify` fails not far above. */
export const MAX_RESULT_DEPTH = 1000;

/**
 * The keys down to the visited value, for messages. A store a level costs next to nothing; passing a path on would not.
 */
export const resultPath: (string | number)[] = [];

/** @throws TypeError that says where the value is that JSON would lose, and what to return instead. */
export function refuseLoss(loss: string, depth: number): never {
  const path = pathOf(resultPath.slice(0, depth));
  throw new TypeError(`The result${path === '' ? '' : `'s ${JSON.stringify(path)}`} is ${loss}`);
}

/** Writes keys as a path, as in `orders[0].customer`. */
export function pathOf(keys: readonly (string | number)[]): string {
  return keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key.slice(0, MOST_CHARACTERS)}`))
    .join('')
    .replace(/^\./, '');
}

/** A key may be as long as a body. */
const MOST_CHARACTERS = 100;

/** A result is nested deeper than anyone intends. Its beginning tells why. */
export class EndlessResult extends TypeError {}

/** @throws EndlessResult */
export function checkResultDepth(depth: number): void {
  if (depth > MAX_RESULT_DEPTH) throw new EndlessResult();
}
