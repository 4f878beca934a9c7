import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ModuleReference } from '../../shared/module.js';
import type { AddedModules, AddedUnit, BuiltIns, Instances, PrepareModules, ProviderPlan } from '../provider-plan.js';
import type { EventScope } from './event-scope.js';
import type { Lifecycle } from './lifecycle.js';
import type { OwnedInstances, Report } from './owned-instances.js';
import { type Shutdown, SHUTDOWN_STEP_TIMEOUT } from './shutdown-time.js';
import { type Creation, SingletonCreation } from './singleton-creation.js';

/** The running application that lazy modules are added to. */
export interface LoadingApplication<S extends EventScope = EventScope> {
  readonly builtIns: BuiltIns<S>;
  readonly instances: Instances;
  readonly lifecycle: Lifecycle;
  readonly report: Report;
  /** Adds providers of modules that have started. */
  adopt(declared: readonly ProviderPlan[], creation: Creation): void;
}

/** Modules that are starting or running. */
interface Start {
  readonly unit: AddedUnit;
  readonly done: Promise<void>;
}

/**
 * Adds lazy modules to a running application. Concurrent loads share the modules that both import, and otherwise do not
 * wait for each other.
 *
 * After a failed load the modules that failed are removed; imports that have started stay for the next load.
 */
export class ModuleLoader<S extends EventScope> {
  readonly #starts = new Map<ModuleReference, Start>();
  readonly #creations = new Set<SingletonCreation>();
  /** The instances of modules whose start hooks are running. */
  readonly #starting = new Set<OwnedInstances>();
  readonly #loads = new Set<Promise<unknown>>();
  #end: (error: Error) => void = () => undefined;
  readonly #ended = new Promise<never>((_, reject) => (this.#end = reject));
  #isClosing = false;

  constructor(private readonly application: LoadingApplication<S>) {
    this.#ended.catch(() => undefined);
  }

  /** @returns What was planned, once all of it has started. */
  load<P extends AddedModules>(prepare: PrepareModules<P>): Promise<P> {
    const load = this.#load(prepare);
    const settled = (): unknown => this.#loads.delete(load);
    this.#loads.add(load);
    load.then(settled, settled);
    return load;
  }

  /** Refuses new loads and aborts running ones: the requests that waited for them have had their time. */
  async end(): Promise<void> {
    this.#isClosing = true;
    const error = closing();
    this.#end(error);
    for (const creation of this.#creations) creation.abort(error);
    await Promise.allSettled(this.#loads);
  }

  /** Disposes of instances whose start was cut off, and returns the errors. */
  async dispose({ timeout }: Shutdown): Promise<Error[]> {
    const errors = await Promise.all(
      [...this.#starting].map((owned) => owned.end(this.application.report, SHUTDOWN_STEP_TIMEOUT, timeout)),
    );
    return errors.flat();
  }

  async #load<P extends AddedModules>(prepare: PrepareModules<P>): Promise<P> {
    if (this.#isClosing) throw closing();
    const plan = await this.#unlessClosing(prepare((module) => this.#starts.has(module)));
    // Planned and started at once, so that other loads share its modules.
    const added = plan();
    for (const unit of added.units) {
      const start = unit.modules.map((module) => this.#starts.get(module)).find(Boolean);
      if (start) this.#share(unit, start);
      else this.#start(unit);
    }
    await this.#started(added.modules);
    return added;
  }

  #start(unit: AddedUnit): void {
    const start = { unit, done: this.#startUnit(unit) };
    for (const module of unit.modules) this.#starts.set(module, start);
    // The loads that await it get the error. The next load starts the modules again.
    start.done.catch(() => unit.modules.forEach((module) => this.#starts.delete(module)));
  }

  /** Gives the providers of modules that another load has started the same instances, as soon as these exist. */
  #share({ order }: AddedUnit, { unit, done }: Start): void {
    const { instances } = this.application;
    const share = (): void => {
      for (const [index, plan] of unit.order.entries())
        if (instances.has(plan)) instances.set(order[index]!, instances.get(plan));
    };
    done.then(share, () => undefined);
  }

  async #startUnit(unit: AddedUnit): Promise<void> {
    await this.#started(unit.needs);
    const { application } = this;
    const creation = await this.#create(unit);
    this.#starting.add(creation.owned);
    // Before the hooks, so that they find them through a ModuleRef.
    for (const [plan, instance] of creation.instances) application.instances.set(plan, instance);
    try {
      await this.#unlessClosing(application.lifecycle.start([unit], (plan) => creation.instances.get(plan)));
      application.adopt(unit.declared, creation);
    } catch (error) {
      if (!this.#isClosing) await this.#undo(creation);
      throw error;
    } finally {
      if (!this.#isClosing) this.#starting.delete(creation.owned);
    }
  }

  async #started(modules: readonly ModuleReference[]): Promise<void> {
    await Promise.all(modules.map((module) => this.#starts.get(module)?.done));
  }

  async #undo({ instances, owned }: Creation): Promise<void> {
    for (const plan of instances.keys()) this.application.instances.delete(plan);
    await owned.end(this.application.report);
  }

  async #create({ order }: AddedUnit): Promise<Creation> {
    if (this.#isClosing) throw closing();
    const creation = new SingletonCreation(order, this.application.instances, this.application.builtIns);
    this.#creations.add(creation);
    try {
      return await creation.run(this.application.report);
    } finally {
      this.#creations.delete(creation);
    }
  }

  #unlessClosing<T>(work: T | Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }
}

export function closing(): BootstrapError {
  return new BootstrapError('The application is closing and loads no more modules.');
}
