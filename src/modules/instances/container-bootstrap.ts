import type { ModuleReference } from '../../shared/module.js';
import type { Constructor } from '../../shared/types.js';
import type { BuiltIn } from '../plan/define-providers.js';
import { planModules } from '../plan/plan-modules.js';
import { NO_OVERRIDES, type Overrides } from '../plan/provider-plan.js';
import { settleImports } from '../plan/scan-modules.js';
import { Container, type ContainerSettings } from './container.js';
import type { EventScope } from './event-scope.js';
import { InstanceStore } from './instance-store.js';
import { SingletonCreation } from './singleton-creation.js';

export interface ContainerOptions<S extends EventScope> extends ContainerSettings {
  readonly builtIns: readonly BuiltIn<S>[];
  /** Enhancer classes named in options: injectable in the root module without being provided. */
  readonly rootInjectables?: readonly Constructor[];
}

/** One attempt to build an application's container. After a failure, the next attempt uses a new instance. */
export class ContainerBootstrap<S extends EventScope = EventScope> {
  #pending: () => string[] = () => [];
  #creation: SingletonCreation | undefined;
  #abort: (error: Error) => void = () => undefined;
  readonly #aborted = new Promise<never>((_, reject) => (this.#abort = reject));

  constructor(
    private readonly root: ModuleReference,
    private readonly options: ContainerOptions<S>,
  ) {
    this.#aborted.catch(() => undefined);
  }

  /** Names the providers still being created, for the timeout's message. */
  pending(): readonly string[] {
    return this.#pending();
  }

  /**
   * Plans the module graph and creates its singletons. `Container.init()` runs their start hooks.
   *
   * @throws BootstrapError for an error in the module graph, before anything is created; or the error of a provider,
   *   with the names of the provider and its dependants added. What had been created has been disposed of.
   */
  async run(): Promise<Container<S>> {
    const { overrides = NO_OVERRIDES, report = () => undefined } = this.options;
    const plan = planModules(this.root, { ...this.options, settled: await this.#settleImports(overrides) });
    const creation = new SingletonCreation(plan.order, new InstanceStore());
    this.#creation = creation;
    this.#pending = () => creation.pending();
    const created = await creation.run(report);
    // Releases the creation, which would otherwise stay in memory as long as the application.
    this.#pending = () => [];
    this.#creation = undefined;
    return new Container<S>(plan, created, this.options);
  }

  /** Ends the attempt: `run` disposes of what was created and rejects with `error`. Has no effect after `run`. */
  abort(error: Error): void {
    this.#abort(error);
    this.#creation?.abort(error);
  }

  #settleImports(overrides: Overrides): ReturnType<typeof settleImports> {
    this.#pending = () => ['the promised imports of modules'];
    return Promise.race([settleImports(this.root, { known: undefined, replaced: overrides.modules }), this.#aborted]);
  }
}
