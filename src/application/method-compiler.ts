import type { PipeTransform } from '../contracts/pipeline.js';
import type { ArgumentSource, BindingOptions } from '../binding/argument.js';
import { compileBinder } from '../binding/bind-arguments.js';
import { classMetadata, type MethodMetadata } from '../metadata/class-metadata.js';
import type { Container, PlannedHandler } from '../modules/container.js';
import type { ModuleNode } from '../modules/module-node.js';
import type { Provided } from '../modules/resolver.js';
import type { Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import type { HandlerParts } from './compile-handler.js';
import type { ApplicationConfig } from './config.js';
import { type Enhancers, findEnhancers } from './enhancers.js';
import type { EventContext } from './event-context.js';

/** A method that events are dispatched to. */
export interface PlannedMethod {
  readonly owner: PlannedHandler<EventContext>;
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
}

type Binding = Omit<BindingOptions, 'source' | 'pipes'>;

/** Finds what surrounds a method, once the modules are there: enhancers, arguments, limits. */
export class MethodCompiler {
  readonly #bindings = new Map<ModuleNode, Binding>();

  constructor(
    readonly container: Container<EventContext>,
    readonly config: ApplicationConfig,
    readonly globals: Enhancers,
  ) {}

  /**
   * @param source Where the method's kind of event has the values of parameters.
   * @param compile Makes the arguments' binder: of one event, or of a batch.
   */
  parts({ owner, key, metadata }: PlannedMethod, source: ArgumentSource, compile = compileBinder): HandlerParts {
    const { type, module, provided } = owner;
    const { enhancers, timeout } = classMetadata(type);
    const target = { controller: type, key, metadata };
    const levels = [this.globals, this.#enhancers(enhancers, module), this.#enhancers(metadata.enhancers, module)];
    const pipes = levels.flatMap((level) => level.pipes);
    return {
      target,
      instance: provided as Provided<object>,
      levels,
      bind: compile(target, { ...this.#bindingIn(module), source, pipes }),
      timeout: metadata.timeout ?? timeout,
    };
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
