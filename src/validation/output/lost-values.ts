import { isBoxedPrimitive, isMap, isNativeError, isSet } from 'node:util/types';
import { HttpException } from '../../errors/http-exception.js';
import { Response } from '../../http/response/response.js';

/** Why JSON would lose a value, and what to return in its place. */
type Loss = string;

export const PROMISE: Loss = 'a promise: await it';
export const FUNCTION: Loss = 'a function or a symbol, of which JSON shows nothing: call it, and return what it gives';

const NO_FORM = 'which JSON has no form for';
const BYTES = `${NO_FORM}: return Buffer.from(…) it, and inside of data its .toString('base64')`;
const WHOLE_BYTES = `${NO_FORM}: return it by itself, and inside of data Buffer.from(…).toString('base64')`;

/** By the tag, for naming the global `Response` would have Node load all of fetch. */
const LOSSES: ReadonlyMap<string, Loss> = new Map([
  ['Response', 'a Response: return it by itself, or what of it has been read, as by json()'],
  ['Request', `a Request, ${NO_FORM}: return its data`],
  ['ArrayBuffer', `an ArrayBuffer, ${WHOLE_BYTES}`],
  ['SharedArrayBuffer', `a SharedArrayBuffer, ${WHOLE_BYTES}`],
  ['Blob', `a Blob, ${NO_FORM}: return it by itself, and inside of data its text()`],
  ['File', `a File, ${NO_FORM}: return it by itself, and inside of data its text()`],
  ['Headers', `Headers, ${NO_FORM}: return Object.fromEntries(…) them`],
  ['FormData', `FormData, ${NO_FORM}: return Object.fromEntries(…) it`],
  ['URLSearchParams', `URLSearchParams, ${NO_FORM}: return Object.fromEntries(…) them, or String(…)`],
  ['RegExp', `a regular expression, ${NO_FORM}: return String(…) it`],
  ['Promise', PROMISE],
  ['WeakMap', `a WeakMap, ${NO_FORM}`],
  ['WeakSet', `a WeakSet, ${NO_FORM}`],
  ['WeakRef', `a WeakRef, ${NO_FORM}: return what deref() gives`],
]);

/**
 * Why JSON would lose what an instance holds, whatever members it shows; `undefined` where its members are its content.
 * The answer is kept for all instances of the class, so that it is asked and not the instance, wherever that could
 * differ.
 */
export function lossOf(value: object): Loss | undefined {
  if (isError(value)) return lossOfError(value);
  if (value instanceof Response) return 'a Response: return it by itself, or its content here';
  if (ArrayBuffer.isView(value)) return `a ${nameOf(value)}, ${BYTES}`;
  const { then, subscribe, pipe } = Object.getPrototypeOf(value) as {
    then?: unknown;
    subscribe?: unknown;
    pipe?: unknown;
  };
  if (typeof then === 'function') return PROMISE;
  if (typeof subscribe === 'function' && typeof pipe === 'function')
    return 'an Observable, to which nobody subscribes: await firstValueFrom(…) it';
  return (
    LOSSES.get(tagOf(value)) ??
    (Symbol.asyncIterator in value
      ? `a stream (${nameOf(value)}): return it by itself, or what you have read of it`
      : undefined)
  );
}

/**
 * Why JSON would make `{}` of an instance that shows no members although it has content: private members, a place
 * behind a symbol, or what it gives when it is iterated. An instance of a class without any of these is just empty.
 */
export function hiddenContent(value: object): Loss | undefined {
  const name = nameOf(value);
  if (Symbol.iterator in value)
    return `an iterable (${name}), of which JSON shows nothing: return a list, as in [...it]`;
  if (!keepsSecrets(value)) return undefined;
  return `an instance of ${name}, of which JSON shows nothing: return its data, or give the class a toJSON()`;
}

function isError(value: object): value is Error {
  return isNativeError(value) || value instanceof Error;
}

/** Its members are no answer: `errorDetail`, `cause` and what clients hang on their errors are for the log. */
function lossOfError(error: Error): Loss {
  if (error instanceof HttpException) return `a ${nameOf(error)}: throw it, or return its getResponse()`;
  return `an error (${nameOf(error)}), whose members are no answer: throw it, or return what of it the caller may know`;
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

/** The classes of a value, `Object` left out. */
function classesOf(value: object): Function[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || Object.getPrototypeOf(prototype) === null) return [];
  const { constructor } = prototype as { constructor?: unknown };
  return [...(typeof constructor === 'function' ? [constructor] : []), ...classesOf(prototype)];
}

// `#name`, what compilers make of it for older targets, and classes of the platform's, which keep all inside.
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

/** Deeper results are taken for circular; `JSON.stringify` ends not far above. */
export const MAX_RESULT_DEPTH = 1000;

/** The keys down to what is visited, for messages: a store a level costs next to nothing, handing on a path would. */
export const resultPath: (string | number)[] = [];

/** @throws TypeError saying where a value stands that JSON would lose, and what to return in its place. */
export function refuseLoss(loss: string, depth: number): never {
  const place = resultPath
    .slice(0, depth)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key.slice(0, MOST_CHARACTERS)}`))
    .join('');
  throw new TypeError(`The result${place === '' ? '' : `'s ${JSON.stringify(place.replace(/^\./, ''))}`} is ${loss}`);
}

/** A key may be as long as a body. */
const MOST_CHARACTERS = 100;

/** @throws TypeError for what nests deeper than anybody means. */
export function checkResultDepth(depth: number): void {
  if (depth > MAX_RESULT_DEPTH)
    throw new TypeError(`The result is circular, or nested more than ${MAX_RESULT_DEPTH} levels deep`);
}
