import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import { describeValue } from '../../errors/describe-value.js';
import {
  classMetadata,
  type EnhancerKind,
  type EnhancerMetadata,
  type MethodMetadata,
} from '../../metadata/class-metadata.js';
import { isPromiseLike } from '../../shared/promise.js';
import { type Constructor, isClass } from '../../shared/types.js';
import { checkClass } from './check-class.js';

interface KindOfEnhancer {
  readonly noun: string;
  readonly decorator: string;
  /** The method that an enhancer of this kind must have. Without it, it would do nothing, or fail every event. */
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
 * Checks the enhancers of a class and its methods before anything is created.
 *
 * @throws BootstrapError for a value that can't be an enhancer, such as the `undefined` that a circular import leaves.
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
 * Checks an enhancer, given as a class or an instance. Classes are checked when they are planned.
 *
 * @param place Describes where it is, for the message.
 * @throws BootstrapError for an invalid instance.
 */
export function checkEnhancer(entry: unknown, kind: EnhancerKind, place: () => string): void {
  if (!isClass(entry)) checkEnhancerInstance(entry, kind, place);
}

/**
 * Checks an enhancer instance.
 *
 * @throws BootstrapError when it lacks the method of its kind, or when its class has NestJS decorators.
 */
export function checkEnhancerInstance(instance: unknown, kind: EnhancerKind, place: () => string): void {
  const { noun, method } = KINDS[kind];
  if (instance === undefined || instance === null) throw notThere(place(), instance);
  if (!hasMethod(instance, method)) {
    throw new BootstrapError(
      `${place()} is ${describeValue(instance)}: ${noun} is a class with the method ${method}, or an instance of one.`,
    );
  }
  const { constructor } = instance as { readonly constructor?: unknown };
  if (isClass(constructor) && constructor !== Object) checkClass(constructor);
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

/** Returns the enhancers that a controller names as classes. */
export function enhancerClasses(controller: Constructor): Constructor[] {
  return namedEnhancers(controller).filter((entry) => typeof entry === 'function') as Constructor[];
}

/** Returns the enhancers that a controller names as instances. */
export function enhancerInstances(controller: Constructor): object[] {
  return namedEnhancers(controller).filter((entry) => typeof entry === 'object' && entry !== null);
}

function namedEnhancers(controller: Constructor): unknown[] {
  const { enhancers, methods } = classMetadata(controller);
  const ofMethods = [...methods.values()].flatMap((method) => [
    ...allEnhancers(method.enhancers),
    ...parameterPipes(method),
  ]);
  return [...allEnhancers(enhancers), ...ofMethods];
}

function allEnhancers({ guards, interceptors, pipes, filters }: EnhancerMetadata): unknown[] {
  return [...guards, ...interceptors, ...pipes, ...filters];
}

/** Returns the pipes of parameters, without the DTO classes among them, which have no `transform`. */
function parameterPipes({ parameters }: MethodMetadata): unknown[] {
  const entries = [...parameters.values()].flatMap(({ pipes }) => pipes);
  return entries.filter((entry) => typeof entry !== 'function' || isEnhancerClass(entry, 'pipes'));
}
