import { type EnhancerMetadata, type MethodMetadata, classMetadata } from '../metadata/class-metadata.js';
import type { Constructor } from '../shared/types.js';

/** The guards, interceptors, pipes and filters that a controller names by class. */
export function enhancerClasses(controller: Constructor): Constructor[] {
  const { enhancers, methods } = classMetadata(controller);
  const ofMethods = [...methods.values()].flatMap((method) => [...entries(method.enhancers), ...pipeClasses(method)]);
  return [...entries(enhancers), ...ofMethods].filter((entry) => typeof entry === 'function') as Constructor[];
}

function entries({ guards, interceptors, pipes, filters }: EnhancerMetadata): unknown[] {
  return [...guards, ...interceptors, ...pipes, ...filters];
}

/** Pipe classes of parameters; DTO classes, which stand in the same place, have no `transform`. */
function pipeClasses({ parameters }: MethodMetadata): unknown[] {
  return [...parameters.values()].flatMap((parameter) => parameter.pipes).filter(isPipeClass);
}

function isPipeClass(entry: unknown): boolean {
  if (typeof entry !== 'function') return false;
  const prototype = entry.prototype as { transform?: unknown } | undefined;
  return typeof prototype?.transform === 'function';
}
