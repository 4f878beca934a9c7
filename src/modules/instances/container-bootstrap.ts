import type { ModuleReference } from '../../shared/module.js';
import type { Constructor } from '../../shared/types.js';
import { NO_OVERRIDES, type Overrides } from '../overrides.js';
import type { BuiltIn } from '../plan/define-providers.js';
import { planModules, refuseUnusedOverrides } from '../plan/plan-modules.js';
import { settleImports } from '../plan/scan-modules.js';
import { Container, type ContainerSettings } from './container.js';
import type { EventScope } from './event-scope.js';
import { InstanceStore } from './instance-store.js';
import { SingletonCreation } from './singleton-creation.js';

export interface ContainerOptions<S extends EventScope> extends ContainerSettings {
  readonly builtIns: readonly BuiltIn<S>[];
  /** Classes named in options rather than by a controller: injectable in the root module without being provided. */
  readonly rootInjectables?: readonly Constructor[];
}

/** One attempt to build an application's container; after a failure the next attempt is a fresh one of these. */
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

  /** What is being waited for at this moment, for the message of who waits too long. */
  pending(): readonly string[] {
    return this.#pending();
  }

  /**
   * Plans the module graph and makes its singletons; their start hooks are left to `init()`.
   *
   * @throws BootstrapError for a mistake in the graph, before anything is made; or what a provider threw, its message
   *   extended by the provider's name and by who needed it. What had been made is disposed of, and nothing is left.
   */
  async run(): Promise<Container<S>> {
    const { overrides = NO_OVERRIDES, report = () => undefined } = this.options;
    const plan = planModules(this.root, { ...this.options, settled: await this.#settleImports(overrides) });
    refuseUnusedOverrides(overrides, plan);
    const creation = new SingletonCreation(plan.order, new InstanceStore());
    this.#creation = creation;
    this.#pending = () => creation.pending();
    const created = await creation.run(report);
    // The creation with all that it was made of would stay as long as the application.
    this.#pending = () => [];
    this.#creation = undefined;
    return new Container<S>(plan, created, this.options);
  }

  /**
   * Ends the attempt: `run` disposes of what was made, and rejects with `error`. Too late when `run` has come to its
   * end.
   */
  abort(error: Error): void {
    this.#abort(error);
    this.#creation?.abort(error);
  }

  #settleImports(overrides: Overrides): ReturnType<typeof settleImports> {
    this.#pending = () => ['the promised imports of modules'];
    return Promise.race([settleImports(this.root, { known: undefined, replaced: overrides.modules }), this.#aborted]);
  }
}
