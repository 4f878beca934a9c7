import type { ArgumentSource, BindingOptions } from '../../binding/compile-argument.js';
import { type ArgumentBinder, compileBinder } from '../../binding/compile-binder.js';
import type { MethodTarget } from '../../binding/plan-parameters.js';
import type { PipeTransform } from '../../contracts/pipeline.js';
import { Refusal } from '../../errors/http-exception.js';
import { classMetadata, type MethodMetadata } from '../../metadata/class-metadata.js';
import type { Container } from '../../modules/instances/container.js';
import type { Provided } from '../../modules/instances/event-scope.js';
import type { PlannedHandler } from '../../modules/instances/provider-lookup.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { compileFilters, type ErrorHandler } from '../../pipeline/filters.js';
import { withGuards } from '../../pipeline/guards.js';
import { type withAwaitedInterceptors, withInterceptors } from '../../pipeline/interceptors.js';
import type { Handler, PipelineContext } from '../../pipeline/pipeline-context.js';
import { chain, isPromiseLike } from '../../shared/promise.js';
import type { Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { ContextTarget, EventContext } from '../event/event-context.js';
import type { ApplicationConfig } from '../options/config.js';
import { type Enhancers, findEnhancers } from './enhancers.js';
import { declaredKinds, enhancersFor, isFor, refuseUnreachable } from './event-kinds.js';

/** A method that events are dispatched to. */
export interface PlannedMethod {
  readonly owner: PlannedHandler<EventContext>;
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
}

/** The kind of event that a method handles. */
interface MethodEvent {
  /** The value of `context.getType()`. */
  readonly type: string;
  /** Reads the values of parameters. */
  readonly source: ArgumentSource;
  /** Compiles the binder of the arguments: of one event, or of a batch. */
  readonly compile?: typeof compileBinder;
}

type Binding = Omit<BindingOptions, 'source' | 'pipes' | 'isFor'>;

/** Finds what a controller method is called with once the modules are loaded: enhancers, arguments, timeout. */
export class MethodCompiler {
  readonly #checked = new Set<Constructor>();
  readonly #bindings = new Map<ModuleNode, Binding>();

  constructor(
    readonly container: Container<EventContext>,
    readonly config: ApplicationConfig,
    readonly globals: Enhancers,
  ) {}

  /** @throws BootstrapError for an enhancer that can't be found, and for a parameter that can't be read. */
  parts({ owner, key, metadata }: PlannedMethod, { type, source, compile = compileBinder }: MethodEvent): HandlerParts {
    const { module, provided } = owner;
    this.#check(owner.type);
    const { enhancers, timeout } = classMetadata(owner.type);
    const target = { controller: owner.type, key, metadata };
    const all = [this.globals, this.#enhancers(enhancers, module), this.#enhancers(metadata.enhancers, module)];
    const levels = all.map((level) => enhancersFor(level, type));
    const pipes = levels.flatMap((level) => level.pipes);
    return {
      target,
      instance: provided as Provided<object>,
      levels,
      bind: compile(target, {
        ...this.#bindingIn(module),
        source,
        pipes,
        isFor: (pipe) => isFor(declaredKinds(pipe), type),
      }),
      timeout: metadata.timeout ?? timeout,
    };
  }

  #check(type: Constructor): void {
    if (this.#checked.has(type)) return;
    this.#checked.add(type);
    refuseUnreachable(type);
  }

  #enhancers(given: Parameters<typeof findEnhancers>[0], module: ModuleNode): Enhancers {
    return findEnhancers(given, this.container, module);
  }

  #bindingIn(module: ModuleNode): Binding {
    let binding = this.#bindings.get(module);
    if (!binding) this.#bindings.set(module, (binding = this.#makeBinding(module)));
    return binding;
  }

  #makeBinding(module: ModuleNode): Binding {
    const { uploads, validation } = this.config;
    const find = <T>(token: Token<T>) => this.container.provided(token, module) as Provided<T>;
    return {
      uploads,
      validation,
      resolvePipe: (pipe: Constructor<PipeTransform>) => find(pipe),
      findProvider: (token: Token) => (module.find(token) ? find(token) : undefined),
    };
  }
}

/** The parts of a controller method and its enhancers. */
export interface HandlerParts {
  readonly target: MethodTarget;
  /** The instance of the controller. */
  readonly instance: Provided<object>;
  /** In the order in which guards run: global, of the class, of the method. */
  readonly levels: readonly Enhancers[];
  readonly bind: ArgumentBinder;
  /** Seconds. */
  readonly timeout: number | undefined;
}

/**
 * Compiles guards, interceptors, binding and the method into one closure.
 *
 * @param guarding Puts guards before a handler.
 * @param intercepting Puts interceptors around a handler.
 */
export function compileHandler(
  { target, instance, levels, bind, timeout }: HandlerParts,
  guarding: typeof withGuards = withGuards,
  intercepting: typeof withAwaitedInterceptors = withInterceptors,
): Handler {
  const call = compileCall(target.key, instance, bind);
  const intercepted = intercepting(
    levels.flatMap(({ interceptors }) => interceptors),
    call,
  );
  const guarded = guarding(
    levels.flatMap(({ guards }) => guards),
    intercepted,
  );
  if (timeout === undefined) return guarded;
  return (context) => {
    context.deadline.limit(timeout);
    return guarded(context);
  };
}

/** Compiles the filters around a method; `undefined` for none. */
export function compileErrorHandler({ levels }: HandlerParts): ErrorHandler | undefined {
  const filters = levels.flatMap((level) => level.filters);
  return filters.length > 0 ? compileFilters(filters) : undefined;
}

/** Returns the method that has the metadata. */
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
