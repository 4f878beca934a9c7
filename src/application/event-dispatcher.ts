import type { Context as LambdaContext } from 'aws-lambda';
import type { HttpEventAdapter } from '../contracts/event-adapter.js';
import type { Logger } from '../contracts/logger.js';
import { GatewayTimeoutException } from '../errors/exceptions.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { ColdStart } from '../logging/logger/event-fields.js';
import { writeMessage } from '../logging/logger/event-logger.js';
import type { Container } from '../modules/instances/container.js';
import type { MiddyInterceptor } from '../pipeline/from-middy.js';
import { isBranded } from '../shared/brand.js';
import { onDemand } from '../shared/on-demand.js';
import { chain, promised } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { ApplicationPlan } from './application-plan.js';
import { type EventContext, eventDeadline } from './event/event-context.js';
import { createHttpDispatcher } from './http/create-http-dispatcher.js';
import type { SendResponse } from './http/http-context.js';
import type { HttpDispatcher } from './http/http-dispatcher.js';
import { loadHttpFeatures } from './http/http-features.js';
import { type EnhancerCheck, EnhancerLookup, type Enhancers, hasUnchecked } from './method/enhancers.js';
import { MethodCompiler } from './method/method-compiler.js';
import type { ApplicationConfig, TimeOptions } from './options/config.js';
import type { RecordDispatcher } from './records/record-dispatcher.js';

/** A bootstrapped application: its instances, and the dispatch of its events. */
export interface EventDispatcher {
  readonly container: Container<EventContext>;
  readonly dispatch: Dispatch;
  readonly logger: Logger;
}

/**
 * Dispatches an event and gives the result that its source expects.
 *
 * @param adapter The event's HTTP source; `undefined` for every other event.
 */
export type Dispatch = (
  event: unknown,
  context: LambdaContext,
  send: SendResponse,
  adapter: HttpEventAdapter | undefined,
) => MaybePromise<unknown>;

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
  const features = await loadHttpFeatures(config.options);
  const http = await createHttpDispatcher(plan, methods, features, { logger, coldStart });
  const records = onDemand(async () => {
    const { createRecordDispatcher } = await import('./records/create-record-dispatcher.js');
    return createRecordDispatcher(plan.consumers, methods, http, logger, coldStart);
  });
  // An API without consumers loads them for its first other event, to explain that no consumer takes it.
  if (plan.consumers.length > 0 || config.requestsVia.length > 0) await records();
  const dispatch: Dispatch = (event, context, send, adapter) => {
    if (adapter) return http.dispatch(event, context, send, adapter);
    return chain(records(), (dispatcher: RecordDispatcher) => dispatcher.dispatch(event, context));
  };
  const late = { time: timeAround(config.time), respond: refusal(http, logger) };
  return { container, dispatch: aroundDispatch(stacks, dispatch, late), logger };
}

/** Loads the check of enhancers, where some have to be checked when they are created. */
async function enhancerCheck({ enhancers, routes, consumers, lazy }: ApplicationPlan): Promise<EnhancerCheck> {
  const levels = [...routes, ...consumers].flatMap(({ method }) => method.enhancers);
  if (!lazy && ![enhancers, ...levels].some(hasUnchecked)) return () => undefined;
  const { checkEnhancerInstance } = await import('../modules/plan/check-enhancers.js');
  return checkEnhancerInstance;
}

/** What happens to an event whose middlewares take too long. */
interface Late {
  readonly time: TimeOptions;
  readonly respond: (error: GatewayTimeoutException) => Dispatch;
}

/** The time of middlewares around the dispatch: it ends after that of the dispatch. */
function timeAround({ timeout, timeoutMargin }: TimeOptions): TimeOptions {
  return { timeout: timeout + 1, timeoutMargin: timeoutMargin / 2 };
}

/** Responds to a request with the error of a middleware around the dispatch, and fails any other event with it. */
function refusal(http: HttpDispatcher, logger: Logger): Late['respond'] {
  return (error) => (event, context, send, adapter) => {
    if (adapter) return http.refusing(error)(event, context, send, adapter);
    writeMessage(logger, 'critical', 'Out of time', { error_detail: error.errorDetail });
    throw error;
  };
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

/**
 * Puts Middy middlewares around the dispatch, the first outermost. They run outside of the access log and the timeout,
 * because only there they see the event as Lambda delivers it and the result as Lambda gets it.
 */
function aroundDispatch(stacks: readonly MiddyInterceptor[], dispatch: Dispatch, late: Late): Dispatch {
  if (stacks.length === 0) return dispatch;
  // A middleware may replace or change the event, so its source is detected again.
  const inner: Dispatch = (event, context, send) => dispatch(event, context, send, detectHttpAdapter(event));
  const through = stacks.reduceRight<Dispatch>(
    (next, stack) => (event, context, send, adapter) =>
      stack.around(event, context, (givenEvent, givenContext) => next(givenEvent, givenContext, send, adapter)),
    inner,
  );
  return (event, context, send, adapter) => {
    const deadline = eventDeadline(context, late.time, adapter !== undefined);
    const result = promised(() => through(event, context, send, adapter));
    return deadline.watch(
      result,
      (known) => known,
      (error) => {
        if (!deadline.isOver) throw error;
        return late.respond(tooLate(error as GatewayTimeoutException))(event, context, send, adapter);
      },
    );
  };
}

function tooLate({ errorDetail }: GatewayTimeoutException): GatewayTimeoutException {
  return new GatewayTimeoutException(undefined, {
    errorDetail: `${String(errorDetail)}: a middleware around the application was still running`,
  });
}
