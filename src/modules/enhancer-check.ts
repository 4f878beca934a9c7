import { BootstrapError } from '../errors/bootstrap-error.js';
import { notThere } from '../errors/not-there.js';
import { described } from '../errors/yes-or-no.js';
import { type EnhancerKind, type EnhancerMetadata, classMetadata } from '../metadata/class-metadata.js';
import { isPromiseLike } from '../shared/promise.js';
import type { Constructor } from '../shared/types.js';
import { checkClass } from './check-class.js';

interface KindOfEnhancer {
  readonly noun: string;
  readonly decorator: string;
  /** Without it nothing would be asked, or every event would fail. */
  readonly method: string;
}

const KINDS: Readonly<Record<EnhancerKind, KindOfEnhancer>> = {
  guards: { noun: 'a guard', decorator: '@UseGuards', method: 'canActivate' },
  interceptors: { noun: 'an interceptor', decorator: '@UseInterceptors', method: 'intercept' },
  pipes: { noun: 'a pipe', decorator: '@UsePipes', method: 'transform' },
  filters: { noun: 'a filter', decorator: '@UseFilters', method: 'catch' },
};

export const ENHANCER_KINDS = Object.keys(KINDS) as EnhancerKind[];

/**
 * Looks at what stands around a class and its methods, before anything is made.
 *
 * @throws BootstrapError for what can be no guard, interceptor, pipe or filter: `undefined`, as circles of files leave
 * it.
 */
export function checkEnhancersOf(type: Constructor): void {
  const { enhancers, methods } = classMetadata(type);
  checkLists(enhancers, type.name);
  for (const [key, method] of methods) checkLists(method.enhancers, `${type.name}.${String(key)}`);
}

function checkLists(lists: EnhancerMetadata, where: string): void {
  for (const kind of ENHANCER_KINDS) {
    lists[kind].forEach((entry, index) =>
      checkEnhancer(entry, kind, () => `${KINDS[kind].decorator} on ${where}: argument ${index + 1}`),
    );
  }
}

/**
 * Looks at what is named as an enhancer, a class or an instance.
 *
 * @param place Where it stands, for the message.
 * @throws BootstrapError
 */
export function checkEnhancer(entry: unknown, kind: EnhancerKind, place: () => string): void {
  if (!isClass(entry)) checkEnhancerInstance(entry, kind, place);
}

/**
 * Looks at an enhancer that is there.
 *
 * @throws BootstrapError for one without the method that its kind has, and for one whose class has decorators of
 * NestJS's.
 */
export function checkEnhancerInstance(instance: unknown, kind: EnhancerKind, place: () => string): void {
  const { noun, method } = KINDS[kind];
  if (instance === undefined || instance === null) throw notThere(place(), instance);
  if (!hasMethod(instance, method)) {
    throw new BootstrapError(
      `${place()} is ${described(instance)}: ${noun} is a class with the method ${method}, or an instance of one.`,
    );
  }
  const { constructor } = instance as { readonly constructor?: unknown };
  if (isClass(constructor) && constructor !== Object) checkClass(constructor);
}

/**
 * Whether every instance of a class has the method that its kind has; where it is set by the constructor nobody knows
 * yet.
 */
export function isEnhancerClass(type: unknown, kind: EnhancerKind): boolean {
  return typeof type === 'function' && hasMethod(type.prototype, KINDS[kind].method);
}

function hasMethod(value: unknown, method: string): boolean {
  // A promise has a method `catch`, and is no filter.
  if (typeof value !== 'object' || value === null || isPromiseLike(value)) return false;
  return typeof (value as Readonly<Record<string, unknown>>)[method] === 'function';
}

/** Arrow functions and methods can't be constructed, and have no prototype. */
function isClass(value: unknown): value is Constructor {
  return typeof value === 'function' && typeof value.prototype === 'object';
}
