import type { CallHandler, Interceptor } from '../contracts/pipeline.js';
import { unrefused } from '../errors/http-exception.js';
import { type EventScope, type Provided, withInstance } from '../modules/instances/event-scope.js';
import { chain, promised } from '../shared/promise.js';
import type { Step, PipelineContext } from './pipeline-context.js';

type Interceptors = readonly Provided<Interceptor, EventScope>[];

/** Calls one interceptor around the step inside of it. */
type Call = (instance: Interceptor, context: PipelineContext) => unknown;

/** Puts interceptors around a step; the first is the outermost. */
export function withInterceptors(
  interceptors: Interceptors,
  inner: Step,
  around: (inner: Step) => Call = directly,
): Step {
  if (interceptors.length === 0) return inner;
  // Interceptors see a refusal as an exception.
  const asked: Step = (context) => chain(inner(context), unrefused);
  return interceptors.reduceRight<Step>((next, interceptor) => withInstance(interceptor, around(next)), asked);
}

function directly(inner: Step): Call {
  return (instance, context) => instance.intercept(context, nextOf(inner, context));
}

/**
 * Returns what an interceptor calls. `handle` may be taken from its object.
 *
 * An object literal: where a constructor sets a function, what the event made survives V8's young collections, which
 * took a third of the first 10,000 events.
 */
function nextOf(inner: Step, context: PipelineContext): CallHandler {
  return { handle: () => promised(inner, context), toJSON: refuseNext } as CallHandler;
}

/** @throws TypeError For `return next`: the method has not run, and the response would be `{}`. */
function refuseNext(): never {
  throw new TypeError('An interceptor returned next itself: return next.handle(), a promise of the result.');
}

/**
 * Like {@link withInterceptors}, for records, whose result nobody waits for. An interceptor with a missing `await` may
 * return before the inner step is done, and would report success whatever happens: so that step is awaited too,
 * and its error is the record's.
 */
export function withAwaitedInterceptors(interceptors: Interceptors, inner: Step): Step {
  return withInterceptors(interceptors, inner, awaiting);
}

function awaiting(inner: Step): Call {
  return async (instance, context) => {
    const next = nextOf(inner, context);
    const running = new Set<Promise<unknown>>();
    const handle = (): Promise<unknown> => {
      const result = next.handle();
      const settle = () => running.delete(result);
      running.add(result);
      result.then(settle, settle);
      return result;
    };
    const given: CallHandler = { handle };
    const result = await instance.intercept(context, given);
    await Promise.all(running);
    return result === given ? refuseNext() : result;
  };
}
