import type { ArgumentBinder } from '../binding/bind-arguments.js';
import type { MethodTarget } from '../binding/parameter.js';
import { Refusal } from '../errors/refusal.js';
import type { Provided } from '../modules/resolver.js';
import { compileFilters, type ErrorHandler } from '../pipeline/filters.js';
import { withGuards } from '../pipeline/guards.js';
import { type withAwaitedInterceptors, withInterceptors } from '../pipeline/interceptors.js';
import type { Handler, PipelineContext } from '../pipeline/pipeline-context.js';
import { chain, isPromiseLike } from '../shared/promise.js';
import type { ContextTarget } from './event-context.js';
import type { Enhancers } from './enhancers.js';

/** What the way through a method is compiled from. */
export interface HandlerParts {
  readonly target: MethodTarget;
  /** The instance that has the method. */
  readonly instance: Provided<object>;
  /** In the order in which guards run: global, the class', the method's. */
  readonly levels: readonly Enhancers[];
  readonly bind: ArgumentBinder;
  /** Seconds. */
  readonly timeout: number | undefined;
}

/**
 * Guards, interceptors, binding and the method in one closure.
 *
 * @param guarding Puts guards before what they guard.
 * @param intercepting Puts interceptors around it.
 */
export function compileHandler(
  { target, instance, levels, bind, timeout }: HandlerParts,
  guarding: typeof withGuards = withGuards,
  intercepting: typeof withAwaitedInterceptors = withInterceptors,
): Handler {
  const call = compileCall(target.key, instance, bind);
  const intercepted = intercepting(levels.flatMap(({ interceptors }) => interceptors), call);
  const guarded = guarding(levels.flatMap(({ guards }) => guards), intercepted);
  if (timeout === undefined) return guarded;
  return (context) => {
    context.deadline.limit(timeout);
    return guarded(context);
  };
}

/** The filters around a method; `undefined` for none. */
export function compileErrorHandler({ levels }: HandlerParts): ErrorHandler | undefined {
  const filters = levels.flatMap((level) => level.filters);
  return filters.length > 0 ? compileFilters(filters) : undefined;
}

/** The method as metadata was set on it. */
export function methodOf({ controller, key }: MethodTarget): ContextTarget['method'] {
  return (controller.prototype as Record<string | symbol, ContextTarget['method']>)[key] as ContextTarget['method'];
}

function compileCall(key: string | symbol, provided: Provided<object>, bind: ArgumentBinder): Handler {
  type Methods = Record<string | symbol, (...args: readonly unknown[]) => unknown>;
  const invoke = (instance: object, values: readonly unknown[] | Refusal): unknown =>
    values instanceof Refusal ? values : (instance as Methods)[key]?.(...values);
  const call = (instance: object, context: PipelineContext): unknown => {
    const values = bind(context);
    return isPromiseLike(values) ? values.then((all) => invoke(instance, all)) : invoke(instance, values);
  };
  if (provided.resolve === undefined) return (context) => call(provided.instance, context);
  return (context) => chain(provided.resolve(context), (instance) => call(instance, context));
}
