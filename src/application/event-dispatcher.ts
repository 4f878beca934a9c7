import type { Logger } from '../contracts/logger.js';
import { ColdStart } from '../logging/logger/event-fields.js';
import type { Container } from '../modules/instances/container.js';
import type { MiddyInterceptor } from '../pipeline/from-middy.js';
import { isBranded } from '../shared/brand.js';
import { onDemand } from '../shared/on-demand.js';
import { chain, isPromiseLike } from '../shared/promise.js';
import type { ApplicationPlan } from './application-plan.js';
import type { Dispatch } from './around-dispatch.js';
import type { EventContext } from './event/event-context.js';
import { createHttpDispatcher } from './http/create-http-dispatcher.js';
import { loadHttpFeatures } from './http/http-features.js';
import { type EnhancerCheck, EnhancerLookup, type Enhancers, hasUnchecked } from './method/enhancers.js';
import { MethodCompiler } from './method/method-compiler.js';
import type { ApplicationConfig } from './options/config.js';
import type { RecordDispatcher } from './records/record-dispatcher.js';

/** A bootstrapped application: its instances, and the dispatch of its events. */
export interface EventDispatcher {
  readonly container: Container<EventContext>;
  readonly dispatch: Dispatch;
  readonly logger: Logger;
}

/** Compiles everything that events are dispatched to. */
export async function createEventDispatcher(
  plan: ApplicationPlan,
  container: Container<EventContext>,
  config: ApplicationConfig,
  logger: Logger,
): Promise<EventDispatcher> {
  const lookup = new EnhancerLookup(container, await enhancerCheck(plan));
  const { stacks, enhancers } = splitMiddy(lookup.of(plan.enhancers));
  const methods = new MethodCompiler(container, config, lookup, enhancers);
  const coldStart = new ColdStart();
  const features = await loadHttpFeatures(plan, config.options);
  const http = await createHttpDispatcher(plan, methods, features, { logger, coldStart });
  const records = onDemand(async () => {
    const { createRecordDispatcher } = await import('./records/create-record-dispatcher.js');
    return createRecordDispatcher(plan.consumers, methods, http, { logger, coldStart });
  });
  // An API without consumers loads them for its first other event, to explain that no consumer takes it.
  if (plan.consumers.length > 0 || config.requestsVia.length > 0) await records();
  const dispatch: Dispatch = (event, context, send, source) => {
    if (isPromiseLike(source)) return source.then((adapter) => http.dispatch(event, context, send, adapter));
    if (source) return http.dispatch(event, context, send, source);
    return chain(records(), (dispatcher: RecordDispatcher) => dispatcher.dispatch(event, context));
  };
  if (stacks.length === 0) return { container, dispatch, logger };
  const { aroundDispatch } = await import('./around-dispatch.js');
  return { container, dispatch: aroundDispatch(stacks, dispatch, { http, logger, time: config.time }), logger };
}

/** Loads the check of enhancers, where some have to be checked when they are created. */
async function enhancerCheck({ enhancers, routes, consumers, lazy }: ApplicationPlan): Promise<EnhancerCheck> {
  const levels = [...routes, ...consumers].flatMap(({ method }) => method.enhancers);
  if (!lazy && ![enhancers, ...levels].some(hasUnchecked)) return () => undefined;
  const { checkEnhancerInstance } = await import('../modules/plan/check-enhancers.js');
  return checkEnhancerInstance;
}

/** Separates the Middy middlewares from the other global interceptors: they run around events without a route, too. */
function splitMiddy(globals: Enhancers): { stacks: readonly MiddyInterceptor[]; enhancers: Enhancers } {
  const instances = globals.interceptors.map((provided) => ('instance' in provided ? provided.instance : undefined));
  const stacks = instances.filter(isMiddy);
  const interceptors = globals.interceptors.filter((_, index) => !isMiddy(instances[index]));
  return { stacks, enhancers: { ...globals, interceptors } };
}

/** By its brand, so that an application without middlewares does not load the class. */
function isMiddy(instance: unknown): instance is MiddyInterceptor {
  return isBranded(instance, 'MiddyInterceptor');
}
