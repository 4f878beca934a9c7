import type { EnhancerKind, EnhancerMetadata, MethodMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { methodName } from '../../shared/class-methods.js';
import { type Constructor, isClass } from '../../shared/types.js';
import { checkEnhancerMethod, ENHANCER_KINDS, isEnhancerClass, KINDS } from '../enhancer-kinds.js';
import { checkClass } from './check-class.js';

/**
 * Checks the enhancers of a class and its methods before anything is created.
 *
 * @throws BootstrapError for a value that can't be an enhancer, such as the `undefined` that a circular import leaves.
 */
export function checkEnhancersOf(type: Constructor): void {
  const { enhancers, methods } = mergedMetadata(type);
  checkLists(enhancers, type.name);
  for (const [key, method] of methods) checkLists(method.enhancers, methodName(type, key));
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
  checkEnhancerMethod(instance, kind, place);
  const { constructor } = instance as { readonly constructor?: unknown };
  if (isClass(constructor) && constructor !== Object) checkClass(constructor);
}

/** Returns the enhancers that a controller names as classes. */
export function enhancerClasses(controller: Constructor): Constructor[] {
  return namedEnhancers(controller).filter(isClass);
}

/** Returns the enhancers that a controller names as instances. */
export function enhancerInstances(controller: Constructor): object[] {
  return namedEnhancers(controller).filter((entry) => typeof entry === 'object' && entry !== null);
}

function namedEnhancers(controller: Constructor): unknown[] {
  const { enhancers, methods } = mergedMetadata(controller);
  const ofMethods = [...methods.values()].flatMap((method) => [
    ...allEnhancers(method.enhancers),
    ...parameterPipes(method),
  ]);
  return [...allEnhancers(enhancers), ...ofMethods];
}

/** Returns the enhancers of a class or a method, of all kinds. */
export function allEnhancers({ guards, interceptors, pipes, filters }: EnhancerMetadata): unknown[] {
  return [...guards, ...interceptors, ...pipes, ...filters];
}

/** Returns the pipes of parameters, without the DTO classes among them, which have no `transform`. */
function parameterPipes({ parameters }: MethodMetadata): unknown[] {
  const entries = [...parameters.values()].flatMap(({ pipes }) => pipes);
  return entries.filter((entry) => typeof entry !== 'function' || isEnhancerClass(entry, 'pipes'));
}
