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
import { declaredKinds, enhancersFor, isFor } from './enhancers-for.js';
import { refuseUnreachable } from './refuse-unreachable.js';
import type { EventContext } from './event-context.js';

/** A method that events are dispatched to. */
export interface PlannedMethod {
  readonly owner: PlannedHandler<EventContext>;
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
}

/** What a method's kind of event has for it. */
export interface MethodEvent {
  /** What `context.getType()` says. */
  readonly type: string;
  /** Where it has the values of parameters. */
  readonly source: ArgumentSource;
  /** Makes the arguments' binder: of one event, or of a batch. */
  readonly compile?: typeof compileBinder;
}

type Binding = Omit<BindingOptions, 'source' | 'pipes' | 'isFor'>;

/** Finds what surrounds a method, once the modules are there: enhancers, arguments, limits. */
export class MethodCompiler {
  readonly #checked = new Set<Constructor>();
  readonly #bindings = new Map<ModuleNode, Binding>();

  constructor(
    readonly container: Container<EventContext>,
    readonly config: ApplicationConfig,
    readonly globals: Enhancers,
  ) {}

  /** @throws BootstrapError when an enhancer can't be found, or an argument not be read. */
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
      bind: compile(target, { ...this.#bindingIn(module), source, pipes, isFor: (pipe) => isFor(declaredKinds(pipe), type) }),
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
