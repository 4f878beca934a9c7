import type { Constructor } from '../shared/types.js';
import { refuseNestDecorators } from './refuse-nest.js';

/**
 * Looks at what decorators say of a class that is to be made, or to be asked: whatever can be seen in them is honoured or refused.
 *
 * @throws BootstrapError
 */
export function checkClass(type: Constructor): void {
  refuseNestDecorators(type);
}
