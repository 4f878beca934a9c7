import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import { GatewayTimeoutException } from '../errors/exceptions.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { ColdStart } from '../logging/logger/event-log.js';
import { writeMessage } from '../logging/logger/event-logger.js';
import type { Container } from '../modules/instances/container.js';
import { MiddyInterceptor } from '../pipeline/from-middy.js';
import { chain, promised } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { type EventContext, eventDeadline } from './event/event-context.js';
import { createHttpDispatcher } from './http/create-http-dispatcher.js';
import type { HttpDispatcher } from './http/http-dispatcher.js';
import type { SendResponse } from './http/send-response.js';
import { type Enhancers, globalEnhancers } from './method/enhancers.js';
import { MethodCompiler } from './method/method-compiler.js';
import type { ApplicationConfig, TimeOptions } from './options/config.js';
import type { RecordDispatcher } from './records/record-dispatcher.js';

/** Takes an event to its end, and gives the result that its source wants. */
export type Dispatch = (event: unknown, context: LambdaContext, deliver: SendResponse) => MaybePromise<unknown>;

/** An application that is there: its instances, and the way events take through them. */
export interface EventDispatcher {
  readonly container: Container<EventContext>;
  readonly dispatch: Dispatch;
  readonly logger: Logger;
}

/** Compiles everything that events are dispatched to. */
export async function createEventDispatcher(
  container: Container<EventContext>,
  config: ApplicationConfig,
  logger: Logger,
): Promise<EventDispatcher> {
  const { stacks, enhancers } = splitMiddy(globalEnhancers(container, config.options));
  const methods = new MethodCompiler(container, config, enhancers);
  const coldStart = new ColdStart();
  const http = createHttpDispatcher(methods, logger, coldStart);
  const records = onDemand(async () => {
    const { createRecordDispatcher } = await import('./records/create-record-dispatcher.js');
    return createRecordDispatcher(methods, http, logger, coldStart);
  });
  // An API without consumers loads it for the first event that is no request, to say that nobody takes it.
  if (container.consumers().length > 0 || config.requestsVia.length > 0) await records();
  const dispatch: Dispatch = (event, context, deliver) => {
    const adapter = detectHttpAdapter(event);
    if (adapter) return http.dispatch(adapter, event, context, deliver);
    return chain(records(), (dispatcher: RecordDispatcher) => dispatcher.dispatch(event, context));
  };
  return {
    container,
    dispatch: aroundDispatch(stacks, dispatch, { time: timeAround(config.time), answer: refusal(http, logger) }),
    logger,
  };
}

/** Answers a request with an error of what stands around the dispatch, and fails any other event with it. */
function refusal(http: HttpDispatcher, logger: Logger): Late['answer'] {
  return (error) => (event, context, deliver) => {
    const adapter = detectHttpAdapter(event);
    if (adapter) return http.refusing(error)(adapter, event, context, deliver);
    writeMessage(logger, 'critical', 'Out of time', { error_detail: error.errorDetail });
    throw error;
  };
}

/** Loads once; one that failed is tried again by the next who asks. */
function onDemand<T>(load: () => Promise<T>): () => MaybePromise<T> {
  let loaded: MaybePromise<T> | undefined;
  const forget = (error: unknown): never => {
    loaded = undefined;
    throw error;
  };
  return () => (loaded ??= load().then((value) => (loaded = value), forget));
}

/** What becomes of an event whose middlewares take too long. */
interface Late {
  readonly time: TimeOptions;
  readonly answer: (error: GatewayTimeoutException) => Dispatch;
}

/**
 * Takes the middy middlewares out of the global interceptors: they run around events, whether or not these have a
 * route.
 */
function splitMiddy(globals: Enhancers): { stacks: readonly MiddyInterceptor[]; enhancers: Enhancers } {
  const instances = globals.interceptors.map((provided) => ('instance' in provided ? provided.instance : undefined));
  const stacks = instances.filter((instance) => instance instanceof MiddyInterceptor);
  const interceptors = globals.interceptors.filter((_, index) => !(instances[index] instanceof MiddyInterceptor));
  return { stacks, enhancers: { ...globals, interceptors } };
}

/**
 * Puts middy middlewares around the dispatch, the first outermost. They stand outside of the access log and of the
 * timeout: what they see is what Lambda delivers and what it is given, which exists nowhere further in.
 */
function aroundDispatch(stacks: readonly MiddyInterceptor[], dispatch: Dispatch, late: Late): Dispatch {
  if (stacks.length === 0) return dispatch;
  const through = stacks.reduceRight<Dispatch>(
    (inner, stack) => (event, context, deliver) =>
      stack.around(event, context, (givenEvent, givenContext) => inner(givenEvent, givenContext, deliver)),
    dispatch,
  );
  return (event, context, deliver) => {
    const deadline = eventDeadline(context, late.time, detectHttpAdapter(event) !== undefined);
    const answer = promised(() => through(event, context, deliver));
    return deadline.watch(
      answer,
      (result) => result,
      (error) => {
        if (!deadline.isOver) throw error;
        return late.answer(tooLate(error as GatewayTimeoutException))(event, context, deliver);
      },
    );
  };
}

/** The time of what stands around the dispatch: it ends after that of what is within. */
function timeAround({ timeout, timeoutMargin }: TimeOptions): TimeOptions {
  return { timeout: timeout + 1, timeoutMargin: timeoutMargin / 2 };
}

function tooLate({ errorDetail }: GatewayTimeoutException): GatewayTimeoutException {
  return new GatewayTimeoutException(undefined, {
    errorDetail: `${String(errorDetail)}: a middleware around the application was still running`,
  });
}
