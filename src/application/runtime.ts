import type { Logger } from '../contracts/logger.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { ColdStart } from '../logging/cold-start.js';
import { writeMessage } from '../logging/write-record.js';
import type { Container } from '../modules/container.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { ApplicationConfig } from './config.js';
import type { Dispatch } from './dispatch.js';
import type { EventContext } from './event-context.js';
import { globalEnhancers } from './global-enhancers.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import { createHttpDispatcher } from './http-runtime.js';
import { MethodCompiler } from './method-compiler.js';
import { aroundDispatch, type Late, splitMiddy, timeAround } from './middy-dispatch.js';
import type { RecordDispatcher } from './record-dispatcher.js';

/** An application that is there: its instances, and the way events take through them. */
export interface Runtime {
  readonly container: Container<EventContext>;
  readonly dispatch: Dispatch;
  readonly logger: Logger;
}

/** Compiles everything that events are dispatched to. */
export async function createRuntime(container: Container<EventContext>, config: ApplicationConfig, logger: Logger): Promise<Runtime> {
  const { stacks, enhancers } = splitMiddy(globalEnhancers(container, config.options));
  const methods = new MethodCompiler(container, config, enhancers);
  const coldStart = new ColdStart();
  const http = createHttpDispatcher(methods, logger, coldStart);
  const records = onDemand(async () => {
    const { createRecordDispatcher } = await import('./record-runtime.js');
    return createRecordDispatcher(methods, http, logger, coldStart);
  });
  // An API without consumers loads it for the first event that is no request, to say that nobody takes it.
  if (container.consumers().length > 0 || config.requestsVia.length > 0) await records();
  const dispatch: Dispatch = (event, context, deliver) => {
    const adapter = detectHttpAdapter(event);
    if (adapter) return http.dispatch(adapter, event, context, deliver);
    return chain(records(), (dispatcher: RecordDispatcher) => dispatcher.dispatch(event, context));
  };
  return { container, dispatch: aroundDispatch(stacks, dispatch, { time: timeAround(config.time), answer: refusal(http, logger) }), logger };
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
