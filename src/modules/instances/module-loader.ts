import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isLazyModule, type LazyModule, type ModuleReference } from '../../shared/module.js';
import { depthFirst } from '../depth-first.js';
import type { Overrides } from '../overrides.js';
import type { ModuleUnit } from '../plan/creation-order.js';
import type { ModuleNode } from '../plan/module-node.js';
import { type ModulePlan, planModules } from '../plan/plan-modules.js';
import { settleImports } from '../plan/scan-modules.js';
import type { Holdings, Report } from './holdings.js';
import type { InstanceStore } from './instance-store.js';
import type { Lifecycle } from './lifecycle-hooks.js';
import { PATIENCE, type Shutdown } from './shutdown.js';
import { type Creation, SingletonCreation } from './singleton-creation.js';

/** The application that modules are added to. */
export interface LoadingApplication {
  readonly plan: ModulePlan;
  readonly store: InstanceStore;
  readonly lifecycle: Lifecycle;
  readonly overrides: Overrides;
  readonly report: Report;
  /** Modules are there, and have started. */
  adopt(modules: readonly ModuleNode[], creation: Creation): void;
}

/**
 * Loads modules while the application runs, each when what it needs of others is there: loads share what they import,
 * and wait for nothing else of each other.
 *
 * One that fails leaves nothing of what has failed. What it imports and has come up is there for the next.
 */
export class ModuleLoader {
  /** With the modules that are on their way. */
  #plan: ModulePlan;
  readonly #coming = new Map<ModuleNode, Promise<void>>();
  readonly #creations = new Set<SingletonCreation>();
  /** Of modules whose start hooks are running. */
  readonly #starting = new Set<Holdings>();
  readonly #loads = new Set<Promise<unknown>>();
  #end: (error: Error) => void = () => undefined;
  readonly #ended = new Promise<never>((_, reject) => (this.#end = reject));
  #isEnding = false;

  constructor(private readonly application: LoadingApplication) {
    this.#plan = application.plan;
    this.#ended.catch(() => undefined);
  }

  /**
   * @returns The modules that it takes and that the application had not from the start, those that are imported first.
   */
  load(reference: ModuleReference | LazyModule): Promise<readonly ModuleNode[]> {
    const load = this.#load(reference);
    const settled = (): unknown => this.#loads.delete(load);
    this.#loads.add(load);
    load.then(settled, settled);
    return load;
  }

  /** Loads nothing more, and gives up what is on its way: whoever waited for it has had the time. */
  async end(): Promise<void> {
    this.#isEnding = true;
    const error = closing();
    this.#end(error);
    for (const creation of this.#creations) creation.abort(error);
    await Promise.allSettled(this.#loads);
  }

  /** Disposes of what never came to its start; gives back what went wrong. */
  async dispose({ patience }: Shutdown): Promise<Error[]> {
    const errors = await Promise.all(
      [...this.#starting].map((holdings) => holdings.end(this.application.report, PATIENCE, patience)),
    );
    return errors.flat();
  }

  async #load(reference: ModuleReference | LazyModule): Promise<readonly ModuleNode[]> {
    if (this.#isEnding) throw closing();
    const root = isLazyModule(reference) ? await this.#unlessEnding(reference.load()) : reference;
    const { overrides } = this.application;
    const settling = settleImports(root, { known: this.#plan.references, replaced: overrides.modules });
    const plan = planModules(root, { overrides, settled: await this.#unlessEnding(settling), base: this.#plan });
    if (isLazyModule(reference)) this.#refuseImported(reference, plan.root);
    // From here on others share what is in it.
    this.#plan = { ...this.#plan, references: plan.references };
    return this.#startAll(plan);
  }

  /** Its routes stand at their own paths: under the prefix everything would be 404. */
  #refuseImported({ lazyPrefix }: LazyModule, root: ModuleNode): void {
    if (!this.application.plan.modules.includes(root)) return;
    throw new BootstrapError(
      `lazy("${lazyPrefix}") gives ${root.name}, which is imported at the start as well, so that its routes are there without the prefix. ` +
        `Take ${root.name} out of imports, or remove the lazy().`,
    );
  }

  async #startAll({ root, units }: ModulePlan): Promise<readonly ModuleNode[]> {
    for (const unit of units) this.#start(unit);
    const modules = depthFirst([root], ({ imports }) => imports).order.filter((module) => this.#coming.has(module));
    await Promise.all(modules.map((module) => this.#coming.get(module)));
    return modules;
  }

  #start(unit: ModuleUnit): void {
    const coming = this.#bringUp(unit);
    for (const module of unit.modules) this.#coming.set(module, coming);
    // Whoever waits for it is told.
    coming.catch(() => this.#forget(unit.modules));
  }

  async #bringUp(unit: ModuleUnit): Promise<void> {
    await Promise.all(unit.needs.map((module) => this.#coming.get(module)));
    const { application } = this;
    const creation = await this.#create(unit);
    this.#starting.add(creation.holdings);
    try {
      await this.#unlessEnding(application.lifecycle.start([unit], (plan) => creation.instances.get(plan)));
      application.adopt(unit.modules, creation);
    } catch (error) {
      if (!this.#isEnding) await creation.holdings.end(application.report);
      throw error;
    } finally {
      if (!this.#isEnding) this.#starting.delete(creation.holdings);
    }
  }

  async #create({ order }: ModuleUnit): Promise<Creation> {
    if (this.#isEnding) throw closing();
    const creation = new SingletonCreation(order, this.application.store);
    this.#creations.add(creation);
    try {
      return await creation.run(this.application.report);
    } finally {
      this.#creations.delete(creation);
    }
  }

  /** The next load begins anew with them. */
  #forget(modules: readonly ModuleNode[]): void {
    for (const module of modules) this.#coming.delete(module);
    const references = new Map([...this.#plan.references].filter(([, module]) => !modules.includes(module)));
    this.#plan = { ...this.#plan, references };
  }

  #unlessEnding<T>(work: T | Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }
}

export function closing(): BootstrapError {
  return new BootstrapError('The application is closing: it loads no more modules.');
}
