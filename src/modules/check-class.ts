import { BootstrapError } from '../errors/bootstrap-error.js';
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
  refuseNestDecorators(type);
  refuseTsyringeScope(type);
  refuseTsyringeParameters(type);
}
