import type { ArgumentSource } from '../../binding/compile-argument.js';
import { type ArgumentBinder, compileBinder } from '../../binding/compile-binder.js';
import type { CanActivate } from '../../contracts/pipeline.js';
import { Refusal } from '../../errors/http-exception.js';
import type { Container } from '../../modules/instances/container.js';
import { type Provided, withInstance } from '../../modules/instances/event-scope.js';
import { compileFilters, type FilterChain } from '../../pipeline/filters.js';
import { withGuards } from '../../pipeline/guards.js';
import { type withAwaitedInterceptors, withInterceptors } from '../../pipeline/interceptors.js';
import type { Step, PipelineContext } from '../../pipeline/pipeline-context.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { ContextTarget, EventContext } from '../event/event-context.js';
import type { ApplicationConfig } from '../options/application-config.js';
import type { EnhancerLookup, Enhancers } from './enhancers.js';
import { enhancersFor } from './event-kinds.js';
import type { MethodPlan } from './method-plan.js';

/** The kind of event that a method handles. */
interface MethodEvent {
  /** The value of `context.getType()`. */
  readonly type: string;
  /** Reads the values of parameters. */
  readonly source: ArgumentSource;
  /** Compiles the binder of the arguments: of one event, or of a batch. */
  readonly compile?: typeof compileBinder;
}

/** The enhancers of the application. */
interface GlobalEnhancers extends Enhancers, Pick<MethodParts, 'observeGuard'> {}

/** Compiles planned methods, once their instances exist. */
export class MethodCompiler {
  constructor(
    readonly container: Container<EventContext>,
    readonly config: ApplicationConfig,
    readonly enhancers: EnhancerLookup,
    readonly globals: GlobalEnhancers,
  ) {}

  /** Finds what a method is called with: instance, enhancers, arguments, timeout. */
  parts(plan: MethodPlan, { type, source, compile = compileBinder }: MethodEvent): MethodParts {
    const { container } = this;
    const { uploads, validation } = this.config;
    const all = [this.globals, ...plan.enhancers.map((level) => this.enhancers.of(level))];
    const levels = all.map((level) => enhancersFor(level, type));
    return {
      key: plan.key,
      instance: container.provided<object>(plan.provider) as Provided<object>,
      levels,
      bind: compile(plan.arguments, {
        uploads,
        validation,
        source,
        pipes: levels.flatMap((level) => level.pipes),
        provided: <T>(provider: MethodPlan['provider']) => container.provided<T>(provider) as Provided<T>,
      }),
      timeout: plan.timeout,
      observeGuard: this.globals.observeGuard,
    };
  }
}

/** The parts of a controller method and its enhancers. */
export interface MethodParts {
  readonly key: string | symbol;
  /** The instance of the controller. */
  readonly instance: Provided<object>;
  /** In the order in which guards run: global, of the class, of the method. */
  readonly levels: readonly Enhancers[];
  readonly bind: ArgumentBinder;
  /** Seconds. */
  readonly timeout: number | undefined;
  /** Wraps guards for observers; `undefined` without any. */
  readonly observeGuard?: ((guard: Provided<CanActivate>) => Provided<CanActivate>) | undefined;
}

/**
 * Compiles guards, interceptors, binding and the method into one closure.
 *
 * @param guarding Puts guards before a step.
 * @param intercepting Puts interceptors around a step.
 */
export function compileSteps(
  { key, instance, levels, bind, timeout, observeGuard }: MethodParts,
  guarding: typeof withGuards = withGuards,
  intercepting: typeof withAwaitedInterceptors = withInterceptors,
): Step {
  const call = compileCall(key, instance, bind);
  const intercepted = intercepting(
    levels.flatMap(({ interceptors }) => interceptors),
    call,
  );
  const guards = levels.flatMap((level) => level.guards);
  const guarded = guarding(observeGuard ? guards.map(observeGuard) : guards, intercepted);
  if (timeout === undefined) return guarded;
  return (context) => {
    context.deadline.limit(timeout);
    return guarded(context);
  };
}

/** Compiles the filters around a method; `undefined` for none. */
export function compileFilterChain({ levels }: MethodParts): FilterChain | undefined {
  const filters = levels.flatMap((level) => level.filters);
  return filters.length > 0 ? compileFilters(filters) : undefined;
}

/** Returns the method that has the metadata. */
export function methodOf({ controller, key }: MethodPlan): ContextTarget['method'] {
  return (controller.prototype as Record<string | symbol, ContextTarget['method']>)[key] as ContextTarget['method'];
}

function compileCall(key: string | symbol, provided: Provided<object>, bind: ArgumentBinder): Step {
  type Methods = Record<string | symbol, (...args: readonly unknown[]) => unknown>;
  const call = (instance: object, values: readonly unknown[] | Refusal): unknown =>
    values instanceof Refusal ? values : (instance as Methods)[key]?.(...values);
  const callLater = (instance: object, values: Promise<readonly unknown[] | Refusal>): Promise<unknown> =>
    values.then((known) => call(instance, known));
  return withInstance(provided, (instance, context: PipelineContext) => {
    const values = bind(context);
    // The most frequent case is tested first: `instanceof` takes longer, and is rarely true.
    if (Array.isArray(values)) return (instance as Methods)[key]?.(...(values as readonly unknown[]));
    return isPromiseLike(values) ? callLater(instance, values) : values;
  });
}
