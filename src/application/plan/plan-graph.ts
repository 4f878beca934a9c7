import { planReader } from '../../binding/plan/plan-reader.js';
import { APPLICATION_DESCRIPTION } from '../../contracts/application-description.js';
import { Logger } from '../../contracts/logger.js';
import { Reflector } from '../../decorators/reflector.js';
import { JSON_CODEC } from '../../http/message/json.js';
import { Request } from '../../http/request/request.js';
import { Response } from '../../http/response/response.js';
import { ENHANCER_KINDS } from '../../modules/enhancer-kinds.js';
import { NO_OVERRIDES } from '../../modules/overrides.js';
import type { ModuleGraph } from '../../modules/plan/module-graph.js';
import { planModules, type PlanOptions } from '../../modules/plan/plan-modules.js';
import { settleImports } from '../../modules/plan/scan-modules.js';
import type { Definition } from '../../modules/provider-plan.js';
import { SETTINGS } from '../../settings/settings.js';
import type { ModuleReference } from '../../shared/module.js';
import { type Constructor, isClass } from '../../shared/types.js';
import type { builtIns } from '../built-ins.js';
import type { ApplicationConfig } from '../options/application-config.js';

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

/**
 * Plans the modules of an application once its promised imports are there.
 *
 * @throws BootstrapError as {@link planGraph} does, and the rejection of a promise.
 */
export async function settledGraph(root: ModuleReference, config: ApplicationConfig): Promise<ModuleGraph> {
  const { overrides = NO_OVERRIDES } = config;
  const settled = await settleImports(root, { known: undefined, replaced: overrides.modules });
  return planGraph(root, config, { overrides, settled });
}

/** Returns the classes among the enhancers of `create`: the root module makes them injectable. */
function enhancerClasses(options: ApplicationConfig['options']): Constructor[] {
  const given: unknown[] = ENHANCER_KINDS.flatMap((kind) => [...(options[kind] ?? [])]);
  return given.filter(isClass);
}

type Name = keyof ReturnType<typeof builtIns>;

function builtIn(provide: Definition['provide'], name: Name, perEvent = false): Definition {
  return { provide, builtIn: name, perEvent };
}

/** The providers that every application has. Those that read the event make their dependants request-scoped. */
const BUILT_IN_PROVIDERS: readonly Definition[] = [
  builtIn(Logger, 'logger'),
  builtIn(SETTINGS, 'settings'),
  builtIn(JSON_CODEC, 'json'),
  builtIn(APPLICATION_DESCRIPTION, 'describe'),
  { provide: Reflector, useClass: Reflector },
  builtIn(Request, 'request', true),
  builtIn(Response, 'response', true),
  builtIn(AbortSignal, 'signal', true),
];
