import { BootstrapError } from '../../errors/bootstrap-error.js';
import { type EnhancerMetadata, takesEvents } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { mistakesIn } from '../../metadata/mistakes.js';
import { nestMistake } from '../../metadata/nestjs-decorators.js';
import { methodName } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { refuseTsyringeParameters, refuseTsyringeScope } from './tsyringe-decorators.js';

/**
 * Checks the decorators of a class that the application creates or calls: they must have an effect here.
 *
 * @throws BootstrapError for a decorator with invalid arguments, without an effect, or of NestJS's.
 */
export function checkClass(type: Constructor): void {
  const mistakes = mistakesIn(type);
  if (mistakes.length > 0) throw new BootstrapError(mistakes.join('\n'));
  checkMethods(type);
  const nestDecorator = nestMistake(type);
  if (nestDecorator) throw new BootstrapError(nestDecorator);
  refuseTsyringeScope(type);
  refuseTsyringeParameters(type);
}

/**
 * Refuses guards and the like where no event comes, since calls between classes do not run them, and events where a
 * decorator refuses them.
 */
function checkMethods(type: Constructor): void {
  const { enhancers, methods, controller } = mergedMetadata(type);
  for (const [key, method] of methods) {
    if (hasEnhancers(method.enhancers) && !takesEvents(method))
      throw new BootstrapError(unreachable(methodName(type, key), 'is neither a route nor a consumer'));
    if (method.refusesEvents !== undefined && takesEvents(method))
      throw new BootstrapError(`${methodName(type, key)} ${method.refusesEvents}`);
  }
  if (controller || !hasEnhancers(enhancers) || [...methods.values()].some(takesEvents)) return;
  throw new BootstrapError(unreachable(type.name, 'has neither routes nor consumers'));
}

function hasEnhancers(enhancers: EnhancerMetadata): boolean {
  return Object.values(enhancers).some((list: readonly unknown[]) => list.length > 0);
}

function unreachable(place: string, why: string): string {
  return (
    `${place} ${why}, so a guard, interceptor, pipe or filter has no effect there: remove it, or put it on the ` +
    `method that handles events.`
  );
}

/**
 * Refuses a module class with a `configure()` method, which NestJS would call to register middleware.
 *
 * @throws BootstrapError
 */
export function refuseNestMiddleware({ name, prototype }: Constructor): void {
  if (typeof (prototype as { readonly configure?: unknown } | undefined)?.configure !== 'function') return;
  throw new BootstrapError(
    `The module ${name} has a method configure(), where NestJS asks for middleware. Lambent never calls it. Use a ` +
      'guard, an interceptor or fromMiddy(…) instead; if the method has another purpose, rename it.',
  );
}
