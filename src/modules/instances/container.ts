import type { LazyModule, ModuleReference } from '../../shared/module.js';
import type { ModuleNode } from '../plan/module-node.js';
import type { ModulePlan } from '../plan/plan-modules.js';
import { NO_OVERRIDES, type Overrides } from '../plan/provider-plan.js';
import { throwCollected } from './disposal.js';
import type { EventScope } from './event-scope.js';
import { InstanceStore } from './instance-store.js';
import { Lifecycle } from './lifecycle-hooks.js';
import type { LoadingApplication, ModuleLoader } from './module-loader.js';
import { OwnedInstances, type Report } from './owned-instances.js';
import { ProviderLookup } from './provider-lookup.js';
import { AFTER_FAILURE, type Shutdown, SHUTDOWN_STEP_TIMEOUT, shutdownBy } from './shutdown.js';
import type { Creation } from './singleton-creation.js';

export interface ContainerSettings {
  readonly overrides?: Overrides;
  /** Receives errors that no caller waits for any more, such as those of late disposals. */
  readonly report?: Report;
}

/** The module graph with its singletons: runs their lifecycle hooks, loads lazy modules, and disposes of everything. */
export class Container<S extends EventScope = EventScope> extends ProviderLookup<S> {
  readonly #owned = new OwnedInstances();
  readonly #lifecycle = new Lifecycle();
  #loader: ModuleLoader | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    private readonly plan: ModulePlan,
    creation: Creation,
    private readonly settings: ContainerSettings,
  ) {
    super(plan.root, new InstanceStore(), (error) => settings.report?.(error));
    this.#adopt(plan.modules, creation);
  }

  /**
   * Runs `onModuleInit` of every module, then `onApplicationBootstrap`.
   *
   * @throws The first error of a hook, naming it. The container is closed by then.
   */
  async init(): Promise<void> {
    try {
      await this.#lifecycle.start(this.plan.units, (plan) => this.store.get(plan));
    } catch (error) {
      // An error on the way out would hide the cause.
      await this.close(AFTER_FAILURE).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Adds a lazy module: plans it on top of the running application, creates its singletons, and runs its start hooks.
   *
   * @returns The loaded module and its imports that the application did not have at the start, imported ones first.
   */
  async load(reference: ModuleReference | LazyModule): Promise<readonly ModuleNode[]> {
    // Loaded on demand: most applications have no lazy modules.
    const { closing, ModuleLoader } = await import('./module-loader.js');
    if (this.#closing) throw closing();
    this.#loader ??= new ModuleLoader(this.#loading());
    return this.#loader.load(reference);
  }

  #loading(): LoadingApplication {
    const { plan, settings, store, report } = this;
    const { overrides = NO_OVERRIDES } = settings;
    const adopt: LoadingApplication['adopt'] = (modules, creation) => this.#adopt(modules, creation);
    return { plan, overrides, store, lifecycle: this.#lifecycle, report, adopt };
  }

  #adopt(modules: readonly ModuleNode[], { instances, owned }: Creation): void {
    for (const [plan, instance] of instances) this.store.set(plan, instance);
    this.#owned.absorb(owned);
    this.addModules(modules);
  }

  /**
   * Runs the shutdown hooks and disposes of all instances in reverse order of creation. Repeated calls share one run.
   *
   * @throws The error of a hook or a disposal, after all of them were tried; an AggregateError for several.
   */
  close(shutdown: Shutdown = shutdownBy(undefined)): Promise<void> {
    return (this.#closing ??= this.#close(shutdown));
  }

  async #close(shutdown: Shutdown): Promise<void> {
    await this.#loader?.end();
    const errors = await this.#lifecycle.stop(shutdown);
    errors.push(
      ...((await this.#loader?.dispose(shutdown)) ?? []),
      ...(await this.#owned.end(this.report, SHUTDOWN_STEP_TIMEOUT, shutdown.timeout)),
    );
    throwCollected(errors, 'closing the application');
  }
}
