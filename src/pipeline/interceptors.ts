import type { CallHandler, Interceptor } from '../contracts/pipeline.js';
import { unrefused } from '../errors/http-exception.js';
import { type EventScope, type Provided, withInstance } from '../modules/instances/event-scope.js';
import { chain } from '../shared/promise.js';
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
  return (instance, context) => instance.intercept(context, new Next(inner, context));
}

class Next implements CallHandler {
  constructor(
    private readonly inner: Step,
    private readonly context: PipelineContext,
  ) {}

  // A property, so that it may be taken from its object.
  readonly handle = (): Promise<unknown> => {
    try {
      return Promise.resolve(this.inner(this.context));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  };

  /** @throws TypeError For `return next`: the method has not run, and the response would be `{}`. */
  toJSON(): never {
    throw new TypeError('An interceptor returned next itself: return next.handle(), a promise of the result.');
  }
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
    const next = new Next(inner, context);
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
    return result === given ? next.toJSON() : result;
  };
}
