import type { Context as LambdaContext } from 'aws-lambda';
import type { HttpEventAdapter } from '../contracts/event-adapter.js';
import type { Logger } from '../contracts/logger.js';
import { GatewayTimeoutException } from '../errors/exceptions.js';
import { detectHttpSource } from '../events/detection/detect-http-source.js';
import { writeMessage } from '../logging/logger/event-logger.js';
import type { MiddyInterceptor } from '../pipeline/from-middy.js';
import { chain, promised } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { eventDeadline } from './event/event-deadline.js';
import type { SendResponse } from './http/http-context.js';
import type { HttpDispatcher } from './http/http-dispatcher.js';
import type { TimeOptions } from './options/application-config.js';

/**
 * Dispatches an event and gives the result that its source expects.
 *
 * @param source The event's HTTP source; `undefined` for every other event.
 */
export type Dispatch = (
  event: unknown,
  context: LambdaContext,
  send: SendResponse,
  source: HttpEventAdapter | undefined,
) => MaybePromise<unknown>;

/** Options for the response to an event whose middlewares take too long. */
interface Late {
  readonly http: HttpDispatcher;
  readonly logger: Logger;
  readonly time: TimeOptions;
}

/** The time of middlewares around the dispatch: it ends after that of the dispatch. */
function timeAround({ timeout, timeoutMargin }: TimeOptions): TimeOptions {
  return { timeout: timeout + 1, timeoutMargin: timeoutMargin / 2 };
}

/** Responds to a request with the error of a middleware around the dispatch, and fails any other event with it. */
function refusal({ http, logger }: Late, error: GatewayTimeoutException): Dispatch {
  return (event, context, send, source) => {
    if (source) return http.refusing(error)(event, context, send, source);
    writeMessage(logger, 'critical', 'Out of time', { error_detail: error.errorDetail });
    throw error;
  };
}

/**
 * Puts Middy middlewares around the dispatch, the first outermost. They run outside of the access log and the timeout,
 * because only there they see the event as Lambda delivers it and the result as Lambda gets it.
 */
export function aroundDispatch(stacks: readonly MiddyInterceptor[], dispatch: Dispatch, late: Late): Dispatch {
  // A middleware may replace or change the event, so its source is detected again.
  const inner: Dispatch = (event, context, send) =>
    chain(detectHttpSource(event), (source) => dispatch(event, context, send, source));
  const through = stacks.reduceRight<Dispatch>(
    (next, stack) => (event, context, send, source) =>
      stack.around(event, context, (givenEvent, givenContext) => next(givenEvent, givenContext, send, source)),
    inner,
  );
  const time = timeAround(late.time);
  return (event, context, send, source) => {
    const deadline = eventDeadline(context, time, source !== undefined);
    const result = promised(() => through(event, context, send, source));
    return deadline.watch(
      result,
      (known) => known,
      (error) => {
        if (!deadline.isOver) throw error;
        return refusal(late, tooLate(error as GatewayTimeoutException))(event, context, send, source);
      },
    );
  };
}

function tooLate({ errorDetail }: GatewayTimeoutException): GatewayTimeoutException {
  return new GatewayTimeoutException(undefined, {
    errorDetail: `${String(errorDetail)}: a middleware around the application was still running`,
  });
}
