import { BootstrapError } from '../errors/bootstrap-error.js';
import { classMetadata, type EnhancerMetadata, type MethodMetadata } from '../metadata/class-metadata.js';
import { mistakesIn } from '../metadata/mistakes.js';
import type { Constructor } from '../shared/types.js';
import { refuseNestDecorators } from './refuse-nest.js';
import { refuseTsyringeParameters, refuseTsyringeScope } from './tsyringe-registrations.js';

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
    if (isBound(method.enhancers) && !isReached(method)) throw new BootstrapError(unasked(`${type.name}.${String(key)}`, 'is no route and no consumer'));
  }
  if (controller || !isBound(enhancers) || [...methods.values()].some(isReached)) return;
  throw new BootstrapError(unasked(type.name, 'has no routes and no consumers'));
}

const isBound = (enhancers: EnhancerMetadata): boolean => Object.values(enhancers).some((list: readonly unknown[]) => list.length > 0);

const isReached = ({ routes, consumers }: MethodMetadata): boolean => routes.length + consumers.length > 0;

function unasked(place: string, why: string): string {
  return `${place} ${why}, and a guard, interceptor, pipe or filter does nothing there: take it away, or put it on the method that events come to.`;
}
