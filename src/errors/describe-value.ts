import { isObservable } from '../shared/observable.js';
import { abandonPromises, isPromiseLike } from '../shared/promise.js';

/**
 * Describes a refused value for an error message, without its content, which may be a secret. Promises in it are marked
 * as handled, because nobody will await them.
 */
export function describeValue(value: unknown): string {
  abandonPromises(value);
  if (isObservable(value)) return 'an Observable';
  if (isPromiseLike(value)) return 'a promise';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `an object${ofClass(value)}`;
  if (typeof value === 'string') return value === 'true' || value === 'false' ? `the string '${value}'` : 'a string';
  return String(value);
}

function ofClass(value: object): string {
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  return constructor === undefined || constructor === Object || typeof constructor.name !== 'string'
    ? ''
    : ` of the class ${constructor.name}`;
}

/**
 * Returns `an async`, `a generator` and so on, `''` for an ordinary function. Reads the tag, because a function of
 * another realm, such as a Jest test's, is no instance of the classes here.
 */
export function functionKind(value: unknown): string {
  const [, async, generator] =
    /^\[object (Async)?(Generator)?Function\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  if (generator) return async ? 'an async generator' : 'a generator';
  return async ? 'an async' : '';
}
