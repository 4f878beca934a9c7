import { BootstrapError } from '../errors/bootstrap-error.js';
import { nestMistake } from '../metadata/nestjs-decorators.js';
import type { Constructor } from '../shared/types.js';

/**
 * Refuses a class with decorators of NestJS's, which editors like to import: a guard would guard nothing, and nobody
 * would know.
 *
 * @throws BootstrapError
 */
export function refuseNestDecorators(type: Constructor): void {
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
