import type { EventObserver } from '../contracts/event-observer.js';
import type { Logger } from '../contracts/logger.js';
import { ColdStart } from '../logging/logger/event-fields.js';
import type { Container } from '../modules/instances/container.js';
import type { MiddyInterceptor } from '../pipeline/from-middy.js';
import { isBranded } from '../shared/brand.js';
import { onDemand } from '../shared/on-demand.js';
import { chain } from '../shared/promise.js';
import type { ApplicationPlan } from './application-plan.js';
import type { EventContext } from './event/event-context.js';
import { createHttpDispatcher } from './http/create-http-dispatcher.js';
import { loadHttpFeatures } from './http/http-features.js';
import { type EnhancerCheck, EnhancerLookup, type Enhancers, hasUnchecked } from './method/enhancers.js';
import { MethodCompiler } from './method/method-compiler.js';
import type { aroundDispatch, Dispatch } from './middy-dispatch.js';
import type { ObservedEvents } from './observed-events.js';
import type { ApplicationConfig } from './options/application-config.js';

/** A bootstrapped application: its instances, and the dispatch of its events. */
export interface EventDispatcher {
  readonly container: Container<EventContext>;
  readonly dispatch: Dispatch;
}

/** Compiles everything that events are dispatched to. */
export async function createEventDispatcher(
  plan: ApplicationPlan,
  container: Container<EventContext>,
  config: ApplicationConfig,
  logger: Logger,
): Promise<EventDispatcher> {
  const lookup = new EnhancerLookup(container, await enhancerCheck(plan));
  const { stacks, observers, enhancers } = splitGlobals(lookup.of(plan.enhancers));
  const observed = observers.length > 0 ? await observedEvents(observers, logger) : undefined;
  const methods = new MethodCompiler(container, config, lookup, { ...enhancers, observeGuard: observed?.guard });
  const logging = { logger, coldStart: new ColdStart(), observe: observed?.observe };
  const features = await loadHttpFeatures(plan, config.options);
  const http = await createHttpDispatcher(plan, methods, features, logging);
  const records = onDemand(async () => {
    const { createRecordDispatcher } = await import('./records/create-record-dispatcher.js');
    return createRecordDispatcher(plan.consumers, methods, http, logging);
  });
  // An API without consumers loads them for its first other event, to explain that no consumer takes it.
  const loaded = plan.consumers.length > 0 || config.requestsVia.length > 0 ? await records() : undefined;
  const dispatchRecords: Dispatch = (event, context) =>
    loaded ? loaded.dispatch(event, context) : chain(records(), (late) => late.dispatch(event, context));
  const dispatch: Dispatch = (event, context, send, source) =>
    source ? http.dispatch(event, context, send, source) : dispatchRecords(event, context, send, source);
  const around =
    stacks.length === 0 ? dispatch : await withMiddy(stacks, dispatch, { http, logger, time: config.time });
  return { container, dispatch: observed?.flushing(around) ?? around };
}

async function observedEvents(observers: readonly EventObserver[], logger: Logger): Promise<ObservedEvents> {
  const { ObservedEvents } = await import('./observed-events.js');
  return new ObservedEvents(observers, logger);
}

async function withMiddy(...args: Parameters<typeof aroundDispatch>): Promise<Dispatch> {
  const { aroundDispatch } = await import('./middy-dispatch.js');
  return aroundDispatch(...args);
}

/** Loads the check of enhancers, where some have to be checked when they are created. */
async function enhancerCheck({ enhancers, routes, consumers, lazyModules }: ApplicationPlan): Promise<EnhancerCheck> {
  const levels = [...routes, ...consumers].flatMap(({ method }) => method.enhancers);
  if (!lazyModules && ![enhancers, ...levels].some(hasUnchecked)) return () => undefined;
  const { checkEnhancerInstance } = await import('../modules/plan/check-enhancers.js');
  return checkEnhancerInstance;
}

/** The global interceptors by where they run. */
interface Globals {
  /** Run around events without a route, too. */
  readonly stacks: readonly MiddyInterceptor[];
  readonly observers: readonly EventObserver[];
  readonly enhancers: Enhancers;
}

/** Separates Middy middlewares and observers from the other global interceptors. */
function splitGlobals(globals: Enhancers): Globals {
  const instances: readonly unknown[] = globals.interceptors.map((provided) =>
    'instance' in provided ? provided.instance : undefined,
  );
  const isLeft = (instance: unknown): boolean => !isMiddy(instance) && (!isObserver(instance) || instance.intercepts);
  const interceptors = globals.interceptors.filter((_, index) => isLeft(instances[index]));
  return {
    stacks: instances.filter(isMiddy),
    observers: instances.filter(isObserver).filter(({ isOff }) => !isOff),
    enhancers: { ...globals, interceptors },
  };
}

/** By its brand, so that an application without middlewares does not load the class. */
function isMiddy(instance: unknown): instance is MiddyInterceptor {
  return isBranded(instance, 'MiddyInterceptor');
}

function isObserver(instance: unknown): instance is EventObserver {
  return isBranded(instance, 'EventObserver');
}
