import { GatewayTimeoutException } from '../errors/exceptions.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { MiddyInterceptor } from '../pipeline/from-middy.js';
import { promised } from '../shared/promise.js';
import type { Dispatch } from './dispatch.js';
import type { Enhancers } from './enhancers.js';
import { eventDeadline, type TimeOptions } from './event-deadline.js';

/** What becomes of an event whose middlewares take too long. */
export interface Late {
  readonly time: TimeOptions;
  readonly answer: (error: GatewayTimeoutException) => Dispatch;
}

/** Takes the middy middlewares out of the global interceptors: they run around events, whether or not these have a route. */
export function splitMiddy(globals: Enhancers): { stacks: readonly MiddyInterceptor[]; enhancers: Enhancers } {
  const instances = globals.interceptors.map((provided) => ('instance' in provided ? provided.instance : undefined));
  const stacks = instances.filter((instance) => instance instanceof MiddyInterceptor);
  const interceptors = globals.interceptors.filter((_, index) => !(instances[index] instanceof MiddyInterceptor));
  return { stacks, enhancers: { ...globals, interceptors } };
}

/**
 * Puts middy middlewares around the dispatch, the first outermost. They stand outside of the access log and of the
 * timeout: what they see is what Lambda delivers and what it is given, which exists nowhere further in.
 */
export function aroundDispatch(stacks: readonly MiddyInterceptor[], dispatch: Dispatch, late: Late): Dispatch {
  if (stacks.length === 0) return dispatch;
  const through = stacks.reduceRight<Dispatch>(
    (inner, stack) => (event, context, deliver) =>
      stack.around(event, context, (givenEvent, givenContext) => inner(givenEvent, givenContext, deliver)),
    dispatch,
  );
  return (event, context, deliver) => {
    const deadline = eventDeadline(context, late.time, detectHttpAdapter(event) !== undefined);
    const answer = promised(() => through(event, context, deliver));
    return deadline.watch(answer, (result) => result, (error) => {
      if (!deadline.isOver) throw error;
      return late.answer(tooLate(error as GatewayTimeoutException))(event, context, deliver);
    });
  };
}

/** The time of what stands around the dispatch: it ends after that of what is within. */
export function timeAround({ timeout, timeoutMargin }: TimeOptions): TimeOptions {
  return { timeout: timeout + 1, timeoutMargin: timeoutMargin / 2 };
}

function tooLate({ errorDetail }: GatewayTimeoutException): GatewayTimeoutException {
  return new GatewayTimeoutException(undefined, { errorDetail: `${String(errorDetail)}: a middleware around the application was still running` });
}
