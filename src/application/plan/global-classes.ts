import { ENHANCER_KINDS } from '../../modules/enhancer-kinds.js';
import type { Constructor } from '../../shared/types.js';
import type { ApplicationConfig } from '../options/config.js';

/** Returns the classes among the enhancers of `create`: the root module makes them injectable. */
export function globalClasses(options: ApplicationConfig['options']): Constructor[] {
  const given: unknown[] = ENHANCER_KINDS.flatMap((kind) => [...(options[kind] ?? [])]);
  return given.filter((one) => typeof one === 'function') as Constructor[];
}
