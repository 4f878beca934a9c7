import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import { describeValue } from '../../errors/describe-value.js';
import {
  classMetadata,
  type EnhancerKind,
  type EnhancerMetadata,
  type MethodMetadata,
} from '../../metadata/class-metadata.js';
import { mistakesIn } from '../../metadata/mistakes.js';
import { nestMistake } from '../../metadata/nestjs-decorators.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { Constructor } from '../../shared/types.js';
import { refuseTsyringeParameters, refuseTsyringeScope } from './tsyringe-decorators.js';

/**
 * Looks at what decorators say of a class that is to be made, or to be asked: whatever can be seen in them is honoured
 * or refused.
 *
 * @throws BootstrapError
 */
export function checkClass(type: Constructor): void {
  const mistakes = mistakesIn(type);
  if (mistakes.length > 0) throw new BootstrapError(mistakes.join('\n'));
  refuseUnasked(type);
  refuseNestDecorators(type);
  refuseTsyringeScope(type);
  refuseTsyringeParameters(type);
}

/** A guard where nothing comes by would guard nothing: calls from one class to another go through nobody. */
function refuseUnasked(type: Constructor): void {
  const { enhancers, methods, controller } = classMetadata(type);
  for (const [key, method] of methods) {
    if (isBound(method.enhancers) && !isReached(method))
      throw new BootstrapError(unasked(`${type.name}.${String(key)}`, 'is no route and no consumer'));
  }
  if (controller || !isBound(enhancers) || [...methods.values()].some(isReached)) return;
  throw new BootstrapError(unasked(type.name, 'has no routes and no consumers'));
}

const isBound = (enhancers: EnhancerMetadata): boolean =>
  Object.values(enhancers).some((list: readonly unknown[]) => list.length > 0);

const isReached = ({ routes, consumers }: MethodMetadata): boolean => routes.length + consumers.length > 0;

function unasked(place: string, why: string): string {
  return `${place} ${why}, and a guard, interceptor, pipe or filter does nothing there: take it away, or put it on the method that events come to.`;
}

/**
 * Refuses a class with decorators of NestJS's, which editors like to import: a guard would guard nothing, and nobody
 * would know.
 *
 * @throws BootstrapError
 */
function refuseNestDecorators(type: Constructor): void {
  const mistake = nestMistake(type);
  if (mistake) throw new BootstrapError(mistake);
}

/**
 * Refuses a module that waits for its middleware to be asked for.
 *
 * @throws BootstrapError
 */
export function refuseNestMiddleware({ name, prototype }: Constructor): void {
  if (typeof (prototype as { readonly configure?: unknown } | undefined)?.configure !== 'function') return;
  throw new BootstrapError(
    `The module ${name} has a method configure(), where NestJS asks for middleware: nobody calls it here. Use a guard, an interceptor ` +
      'or fromMiddy(…) instead; if the method is something else, give it another name.',
  );
}

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
 *   it.
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
 *   NestJS's.
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

/** The guards, interceptors, pipes and filters that a controller names by class. */
export function enhancerClasses(controller: Constructor): Constructor[] {
  return namedEnhancers(controller).filter((entry) => typeof entry === 'function') as Constructor[];
}

/** Those that it has made itself. */
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

/** Pipes of parameters; DTO classes, which stand in the same place, have no `transform`. */
function parameterPipes({ parameters }: MethodMetadata): unknown[] {
  return [...parameters.values()].flatMap((parameter) => parameter.pipes).filter((entry) => !isOtherClass(entry));
}

function isOtherClass(entry: unknown): boolean {
  if (typeof entry !== 'function') return false;
  const prototype = entry.prototype as { transform?: unknown } | undefined;
  return typeof prototype?.transform !== 'function';
}
