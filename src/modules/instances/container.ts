import type { AddedModules, BuiltIns, ModulesPlan, PrepareModules, ProviderPlan } from '../provider-plan.js';
import { throwCollected } from './disposal.js';
import type { EventScope } from './event-scope.js';
import type { Lifecycle } from './lifecycle.js';
import type { ModuleLoader } from './module-loader.js';
import { OwnedInstances, type Report } from './owned-instances.js';
import { ProviderLookup } from './provider-lookup.js';
import { AFTER_FAILURE, type Shutdown, SHUTDOWN_STEP_TIMEOUT, shutdownBy } from './shutdown-time.js';
import type { Creation } from './singleton-creation.js';

export interface ContainerOptions<S extends EventScope> {
  readonly builtIns: BuiltIns<S>;
  /** Receives errors that no caller waits for any more, such as those of late disposals. */
  readonly report?: Report;
}

/** The singletons of an application: runs their lifecycle hooks, adds lazy modules, and disposes of everything. */
export class Container<S extends EventScope = EventScope> extends ProviderLookup<S> {
  readonly #owned = new OwnedInstances();
  #loader: ModuleLoader<S> | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    private readonly plan: ModulesPlan,
    creation: Creation,
    private readonly options: ContainerOptions<S>,
    private lifecycle: Lifecycle | undefined,
  ) {
    super(plan.visible, options.builtIns, (error) => options.report?.(error));
    this.#adopt([], creation);
  }

  /**
   * Runs `onModuleInit` of every module, then `onApplicationBootstrap`.
   *
   * @throws The first error of a hook, naming it. The container is closed by then.
   */
  async init(): Promise<void> {
    try {
      await this.lifecycle?.start(this.plan.units, (plan) => this.instances.get(plan));
    } catch (error) {
      // An error while closing would hide the cause.
      await this.close(AFTER_FAILURE).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Adds a lazy module: plans it on top of the running application, creates its singletons, and runs its start hooks.
   *
   * @returns What was planned.
   */
  async load<P extends AddedModules>(prepare: PrepareModules<P>): Promise<P> {
    const { ModuleLoader: Loader, closing } = await import('./module-loader.js');
    const loaded = await newLifecycle();
    if (this.#closing) throw closing();
    // Nothing is awaited from here on, so that concurrent loads share both.
    const lifecycle = (this.lifecycle ??= loaded);
    const { instances, report } = this;
    const { builtIns } = this.options;
    const adopt = (declared: readonly ProviderPlan[], creation: Creation): void => this.#adopt(declared, creation);
    this.#loader ??= new Loader({ builtIns, instances, lifecycle, report, adopt });
    return this.#loader.load(prepare);
  }

  #adopt(declared: readonly ProviderPlan[], { instances, owned }: Creation): void {
    for (const [plan, instance] of instances) this.instances.set(plan, instance);
    this.#owned.absorb(owned);
    this.addProviders(declared);
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
    const errors = (await this.lifecycle?.stop(shutdown)) ?? [];
    errors.push(
      ...((await this.#loader?.dispose(shutdown)) ?? []),
      ...(await this.#owned.end(this.report, SHUTDOWN_STEP_TIMEOUT, shutdown.timeout)),
    );
    throwCollected(errors, 'closing the application');
  }
}

/** Loads what runs hooks: most functions have none. */
export async function newLifecycle(): Promise<Lifecycle> {
  const { Lifecycle: Hooks } = await import('./lifecycle.js');
  return new Hooks();
}
