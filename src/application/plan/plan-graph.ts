import { planReader } from '../../binding/plan/plan-reader.js';
import { ENHANCER_KINDS } from '../../modules/enhancer-kinds.js';
import type { ModuleGraph } from '../../modules/plan/module-graph.js';
import { type PlanOptions, planModules } from '../../modules/plan/plan-modules.js';
import type { ModuleReference } from '../../shared/module.js';
import type { Constructor } from '../../shared/types.js';
import type { ApplicationConfig } from '../options/config.js';
import { BUILT_IN_PROVIDERS } from './built-in-providers.js';

/**
 * Plans the modules of an application, with the built-in providers and the enhancers of its options.
 *
 * @throws BootstrapError for every error that the modules and their providers show.
 */
export function planGraph(
  root: ModuleReference,
  { options, validation }: ApplicationConfig,
  given: Pick<PlanOptions, 'overrides' | 'settled'> = {},
): ModuleGraph {
  return planModules(root, {
    ...given,
    builtIns: BUILT_IN_PROVIDERS,
    rootInjectables: enhancerClasses(options),
    readerOf: (type, where) => planReader(type, where, validation),
  });
}

/** Returns the classes among the enhancers of `create`: the root module makes them injectable. */
function enhancerClasses(options: ApplicationConfig['options']): Constructor[] {
  const given: unknown[] = ENHANCER_KINDS.flatMap((kind) => [...(options[kind] ?? [])]);
  return given.filter((one) => typeof one === 'function') as Constructor[];
}
