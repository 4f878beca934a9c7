import { type EnhancerMetadata, type MethodMetadata, classMetadata } from '../metadata/class-metadata.js';
import type { Constructor } from '../shared/types.js';

/** The guards, interceptors, pipes and filters that a controller names by class. */
export function enhancerClasses(controller: Constructor): Constructor[] {
  return named(controller).filter((entry) => typeof entry === 'function') as Constructor[];
}

/** Those that it has made itself. */
export function enhancerInstances(controller: Constructor): object[] {
  return named(controller).filter((entry) => typeof entry === 'object' && entry !== null);
}

function named(controller: Constructor): unknown[] {
  const { enhancers, methods } = classMetadata(controller);
  const ofMethods = [...methods.values()].flatMap((method) => [...entries(method.enhancers), ...parameterPipes(method)]);
  return [...entries(enhancers), ...ofMethods];
}

function entries({ guards, interceptors, pipes, filters }: EnhancerMetadata): unknown[] {
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
