import { BootstrapError, notThere } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { EnhancerKind } from '../metadata/class-metadata.js';
import { isPromiseLike } from '../shared/promise.js';

interface KindOfEnhancer {
  readonly noun: string;
  readonly decorator: string;
  /** The method that an enhancer of this kind must have. Without it, it would do nothing, or fail every event. */
  readonly method: string;
}

export const KINDS: Readonly<Record<EnhancerKind, KindOfEnhancer>> = {
  guards: { noun: 'a guard', decorator: '@UseGuards', method: 'canActivate' },
  interceptors: { noun: 'an interceptor', decorator: '@UseInterceptors', method: 'intercept' },
  pipes: { noun: 'a pipe', decorator: '@UsePipes', method: 'transform' },
  filters: { noun: 'a filter', decorator: '@UseFilters', method: 'catch' },
};

export const ENHANCER_KINDS = Object.keys(KINDS) as EnhancerKind[];

/**
 * Checks that an enhancer instance has the method of its kind.
 *
 * @param place Describes where it is, for the message.
 * @throws BootstrapError
 */
export function checkEnhancerMethod(instance: unknown, kind: EnhancerKind, place: () => string): void {
  const { noun, method } = KINDS[kind];
  if (instance === undefined || instance === null) throw notThere(place(), instance);
  if (hasMethod(instance, method)) return;
  throw new BootstrapError(
    `${place()} is ${describeValue(instance)}: ${noun} is a class with the method ${method}, or an instance of one.`,
  );
}

/** Whether a class declares the method of its kind. A constructor may also set it, which only the instance shows. */
export function isEnhancerClass(type: unknown, kind: EnhancerKind): boolean {
  return typeof type === 'function' && hasMethod(type.prototype, KINDS[kind].method);
}

function hasMethod(value: unknown, method: string): boolean {
  // A promise has a method `catch`, but is not a filter.
  if (typeof value !== 'object' || value === null || isPromiseLike(value)) return false;
  return typeof (value as Readonly<Record<string, unknown>>)[method] === 'function';
}
