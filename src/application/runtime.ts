import type { Logger } from '../contracts/logger.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { ColdStart } from '../logging/cold-start.js';
import { RecordLog } from '../logging/record-log.js';
import type { Container } from '../modules/container.js';
import type { ApplicationConfig } from './config.js';
import { Consumers } from './consumers.js';
import type { Dispatch } from './dispatch.js';
import type { EventContext } from './event-context.js';
import { globalEnhancers } from './global-enhancers.js';
import { createHttpDispatcher } from './http-runtime.js';
import { MethodCompiler } from './method-compiler.js';
import { aroundDispatch, splitMiddy } from './middy-dispatch.js';
import { RecordDispatcher } from './record-dispatcher.js';

/** An application that is there: its instances, and the way events take through them. */
export interface Runtime {
  readonly container: Container<EventContext>;
  readonly dispatch: Dispatch;
}

/** Compiles everything that events are dispatched to. */
export function createRuntime(container: Container<EventContext>, config: ApplicationConfig, logger: Logger): Runtime {
  const { stacks, enhancers } = splitMiddy(globalEnhancers(container, config.options));
  const methods = new MethodCompiler(container, config, enhancers);
  const coldStart = new ColdStart();
  const http = createHttpDispatcher(methods, logger, coldStart);
  const log = new RecordLog(logger, config.options.accessLog, coldStart);
  const records = new RecordDispatcher(new Consumers(methods), http, config, log);
  const dispatch: Dispatch = (event, context, deliver) => {
    const adapter = detectHttpAdapter(event);
    return adapter ? http.dispatch(adapter, event, context, deliver) : records.dispatch(event, context);
  };
  return { container, dispatch: aroundDispatch(stacks, dispatch) };
}
