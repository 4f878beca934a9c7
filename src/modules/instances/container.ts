import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import type { BuiltIns, Instances, ModulesPlan, ProviderPlan } from '../provider-plan.js';
import { throwCollected } from './disposal.js';
import type { EventScope } from './event-scope.js';
import type { Lifecycle } from './lifecycle.js';
import { OwnedInstances, type Report } from './owned-instances.js';
import { ProviderLookup } from './provider-lookup.js';
import { AFTER_FAILURE, type Shutdown, SHUTDOWN_STEP_TIMEOUT, shutdownBy } from './shutdown-time.js';
import type { Creation } from './singleton-creation.js';

export interface ContainerOptions<S extends EventScope> {
  readonly builtIns: BuiltIns<S>;
  /** Receives errors that no caller waits for any more, such as those of late disposals. */
  readonly report?: Report;
}

/** The running application that lazy modules are added to. */
export interface LoadingApplication<S extends EventScope = EventScope> {
  readonly builtIns: BuiltIns<S>;
  readonly instances: Instances;
  readonly lifecycle: Lifecycle;
  readonly report: Report;
  /** Adds providers of modules that have started. */
  adopt(declared: readonly ProviderPlan[], creation: Creation): void;
}

/** Begins to add lazy modules: the planner's, since they are planned when they are loaded. */
export type NewModuleLoading<S extends EventScope, M extends object> = (
  application: LoadingApplication<S>,
) => ModuleLoading<M>;

/** Adds lazy modules to a running application. */
export interface ModuleLoading<M extends object = object> {
  /** @returns The loaded module and its imports that the application did not have at the start, imported ones first. */
  load(reference: ModuleReference | LazyModule): Promise<readonly M[]>;
  /** Refuses new loads and aborts running ones: the requests that waited for them have had their time. */
  end(): Promise<void>;
  /** Disposes of instances whose start was cut off, and returns the errors. */
  dispose(shutdown: Shutdown): Promise<Error[]>;
}

/** The singletons of an application: runs their lifecycle hooks, adds lazy modules, and disposes of everything. */
export class Container<S extends EventScope = EventScope> extends ProviderLookup<S> {
  readonly #owned = new OwnedInstances();
  #loading: ModuleLoading | undefined;
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
   * @returns The loaded module and its imports that the application did not have at the start, imported ones first.
   */
  async load<M extends object>(
    reference: ModuleReference | LazyModule,
    loading: NewModuleLoading<S, M>,
  ): Promise<readonly M[]> {
    const lifecycle = (this.lifecycle ??= await newLifecycle());
    if (this.#closing) throw closing();
    const { instances, report } = this;
    const { builtIns } = this.options;
    const adopt: LoadingApplication['adopt'] = (declared, creation) => this.#adopt(declared, creation);
    this.#loading ??= loading({ builtIns, instances, lifecycle, report, adopt });
    return (this.#loading as ModuleLoading<M>).load(reference);
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
    await this.#loading?.end();
    const errors = (await this.lifecycle?.stop(shutdown)) ?? [];
    errors.push(
      ...((await this.#loading?.dispose(shutdown)) ?? []),
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

export function closing(): BootstrapError {
  return new BootstrapError('The application is closing and loads no more modules.');
}
