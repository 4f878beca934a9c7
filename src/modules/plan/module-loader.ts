import { BootstrapError } from '../../errors/bootstrap-error.js';
import { depthFirst } from '../../shared/depth-first.js';
import { isLazyModule, type LazyModule, type ModuleReference } from '../../shared/module.js';
import { closing, type LoadingApplication, type ModuleLoading } from '../instances/container.js';
import type { EventScope } from '../instances/event-scope.js';
import type { OwnedInstances } from '../instances/owned-instances.js';
import { type Shutdown, SHUTDOWN_STEP_TIMEOUT } from '../instances/shutdown-time.js';
import { type Creation, SingletonCreation } from '../instances/singleton-creation.js';
import type { Overrides } from '../overrides.js';
import type { ModuleUnit } from './creation-order.js';
import type { ModuleGraph } from './module-graph.js';
import type { ModuleNode } from './module-node.js';
import { planModules } from './plan-modules.js';
import { settleImports } from './scan-modules.js';

/**
 * Loads modules while the application runs. Concurrent loads share the modules that both import, and otherwise do not
 * wait for each other.
 *
 * After a failed load the modules that failed are removed; imports that have started stay for the next load.
 */
export class ModuleLoader<S extends EventScope> implements ModuleLoading<ModuleNode> {
  /** Includes the modules that are being loaded. */
  #graph: ModuleGraph;
  readonly #starts = new Map<ModuleNode, Promise<void>>();
  readonly #creations = new Set<SingletonCreation>();
  /** The instances of modules whose start hooks are running. */
  readonly #starting = new Set<OwnedInstances>();
  readonly #loads = new Set<Promise<unknown>>();
  #end: (error: Error) => void = () => undefined;
  readonly #ended = new Promise<never>((_, reject) => (this.#end = reject));
  #isClosing = false;

  constructor(
    private readonly application: LoadingApplication<S>,
    private readonly base: ModuleGraph,
    private readonly overrides: Overrides,
  ) {
    this.#graph = base;
    this.#ended.catch(() => undefined);
  }

  /** @returns The loaded module and its imports that the application did not have at the start, imported ones first. */
  load(reference: ModuleReference | LazyModule): Promise<readonly ModuleNode[]> {
    const load = this.#load(reference);
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

  async #load(reference: ModuleReference | LazyModule): Promise<readonly ModuleNode[]> {
    if (this.#isClosing) throw closing();
    const root = isLazyModule(reference) ? await this.#unlessClosing(reference.load()) : reference;
    const { overrides } = this;
    const settling = settleImports(root, { known: this.#graph.references, replaced: overrides.modules });
    const loaded = planModules(root, { overrides, settled: await this.#unlessClosing(settling), base: this.#graph });
    if (isLazyModule(reference)) this.#refuseImported(reference, loaded.root);
    // From here on, other loads share its modules.
    this.#graph = { ...this.#graph, references: loaded.references };
    return this.#startAll(loaded);
  }

  /** Refuses a module that is also imported: its routes exist without the prefix, so the prefix would be 404. */
  #refuseImported({ lazyPrefix }: LazyModule, root: ModuleNode): void {
    if (!this.base.modules.includes(root)) return;
    throw new BootstrapError(
      `lazy("${lazyPrefix}") loads ${root.name}, which is also imported directly, so its routes exist without the ` +
        `prefix. Remove ${root.name} from imports, or remove the lazy().`,
    );
  }

  async #startAll({ root, units }: ModuleGraph): Promise<readonly ModuleNode[]> {
    for (const unit of units) this.#start(unit);
    const modules = depthFirst([root], ({ imports }) => imports).order.filter((module) => this.#starts.has(module));
    await Promise.all(modules.map((module) => this.#starts.get(module)));
    return modules;
  }

  #start(unit: ModuleUnit): void {
    const start = this.#startUnit(unit);
    for (const module of unit.modules) this.#starts.set(module, start);
    // The loads that await it get the error.
    start.catch(() => this.#forget(unit.modules));
  }

  async #startUnit(unit: ModuleUnit): Promise<void> {
    await Promise.all(unit.needs.map((module) => this.#starts.get(module)));
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

  async #undo({ instances, owned }: Creation): Promise<void> {
    for (const plan of instances.keys()) this.application.instances.delete(plan);
    await owned.end(this.application.report);
  }

  async #create({ order }: ModuleUnit): Promise<Creation> {
    if (this.#isClosing) throw closing();
    const creation = new SingletonCreation(order, this.application.instances, this.application.builtIns);
    this.#creations.add(creation);
    try {
      return await creation.run(this.application.report);
    } finally {
      this.#creations.delete(creation);
    }
  }

  /** Removes failed modules, so that the next load starts them again. */
  #forget(modules: readonly ModuleNode[]): void {
    for (const module of modules) this.#starts.delete(module);
    const references = new Map([...this.#graph.references].filter(([, module]) => !modules.includes(module)));
    this.#graph = { ...this.#graph, references };
  }

  #unlessClosing<T>(work: T | Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }
}
