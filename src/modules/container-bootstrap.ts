import type { ModuleReference } from '../shared/module.js';
import type { Constructor } from '../shared/types.js';
import type { BuiltIn } from './built-in.js';
import { Container } from './container.js';
import type { EventScope } from './event-scope.js';
import { InstanceStore } from './instance-store.js';
import { NO_OVERRIDES, type Overrides } from './overrides.js';
import { planModules } from './plan-modules.js';
import { refuseUnusedOverrides } from './refuse-unused-overrides.js';
import { settleImports } from './settle-imports.js';
import { SingletonCreation } from './singleton-creation.js';

export interface ContainerOptions<S extends EventScope> {
  readonly builtIns: readonly BuiltIn<S>[];
  readonly overrides?: Overrides;
  /** Classes named in options rather than by a controller: injectable in the root module without being provided. */
  readonly rootInjectables?: readonly Constructor[];
}

/** One attempt to build an application's container; after a failure the next attempt is a fresh one of these. */
export class ContainerBootstrap<S extends EventScope = EventScope> {
  #pending: () => string[] = () => [];

  constructor(
    private readonly root: ModuleReference,
    private readonly options: ContainerOptions<S>,
  ) {}

  /** What is being waited for at this moment, for the message of who waits too long. */
  pending(): readonly string[] {
    return this.#pending();
  }

  /**
   * Plans the module graph and makes its singletons; their start hooks are left to `init()`.
   *
   * @throws BootstrapError for a mistake in the graph, before anything is made; or what a provider threw, its message
   * extended by the provider's name and by who needed it. What had been made is disposed of, and nothing is left.
   */
  async run(): Promise<Container<S>> {
    this.#pending = () => ['the promised imports of modules'];
    const { overrides = NO_OVERRIDES } = this.options;
    const settled = await settleImports(this.root, { known: undefined, replaced: overrides.modules });
    const plan = planModules(this.root, { ...this.options, settled });
    refuseUnusedOverrides(overrides, plan);
    const creation = new SingletonCreation(plan.order, new InstanceStore());
    this.#pending = () => creation.pending();
    const created = await creation.run();
    // The creation with all that it was made of would stay as long as the application.
    this.#pending = () => [];
    return new Container<S>(plan, created, overrides);
  }
}
