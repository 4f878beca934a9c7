import type { ObservedContext } from '../contracts/event-observer.js';
import { HTTP_METHODS, type HttpMethod } from '../shared/http-method.js';

/** Returns the method of a request; `undefined` for any other word, which only its caller has chosen. */
export function knownMethod({ request: { method } }: ObservedContext): HttpMethod | undefined {
  return HTTP_METHODS.find((known) => known === method);
}
