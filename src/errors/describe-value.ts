import { isObservable } from '../shared/observable.js';
import { abandonPromises, isPromiseLike } from '../shared/promise.js';

/**
 * `an async`, `a generator` …; told by the tag: of another realm, such as a test's, it is an instance of nothing that
 * is known here.
 */
export function functionKind(value: unknown): string {
  const [, async, generator] =
    /^\[object (Async)?(Generator)?Function\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  if (generator) return async ? 'an async generator' : 'a generator';
  return async ? 'an async' : '';
}

/**
 * What a refused value is, for a message. What it says stays out: it may be a secret; and nobody awaits it any more.
 */
export function describeValue(value: unknown): string {
  abandonPromises(value);
  if (isObservable(value)) return 'an Observable';
  if (isPromiseLike(value)) return 'a promise';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `an object${ofClass(value)}`;
  if (typeof value === 'string') return value === 'true' || value === 'false' ? `the text '${value}'` : 'a text';
  return String(value);
}

function ofClass(value: object): string {
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  return constructor === undefined || constructor === Object || typeof constructor.name !== 'string'
    ? ''
    : ` of the class ${constructor.name}`;
}
