import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isLazyModule, type LazyModule, type ModuleReference } from '../../shared/module.js';
import { NO_OVERRIDES, type Overrides } from '../overrides.js';
import { type AddedModules, firstEntries, type IsRunning, providersOf } from '../provider-plan.js';
import type { ModuleGraph } from './module-graph.js';
import type { ModuleNode } from './module-node.js';
import { planModules } from './plan-modules.js';
import type { PlannedProvider } from './planned-provider.js';
import { withRunningProviders } from './running-providers.js';
import { type ModulesByReference, settleImports } from './scan-modules.js';

/** The additions of a lazy module, with the modules themselves. */
export interface PlannedModules extends AddedModules {
  readonly nodes: readonly ModuleNode[];
}

/** Plans lazy modules on top of the modules of a running application. */
export class LazyModulePlanner {
  /** Includes the modules of all loads. */
  #references: ModulesByReference;

  /** @param base The modules that the application started with. */
  constructor(
    readonly base: ModuleGraph,
    private readonly overrides: Overrides = NO_OVERRIDES,
  ) {
    this.#references = base.references;
  }

  /** Loads a module and what its imports promise. The function that it returns plans them. */
  async prepare(module: ModuleReference | LazyModule, isRunning: IsRunning): Promise<() => PlannedModules> {
    const plan = await this.#settle(module, isRunning);
    return () => this.#added(plan());
  }

  /**
   * Takes over a module that another planner has added, made of the same metadata.
   *
   * @throws BootstrapError where its providers are others than those that run.
   */
  async adopt(reference: ModuleReference, running: AddedModules): Promise<void> {
    const known = this.#references;
    const graph = (await this.#settle(reference, () => true))();
    const units = running.units.filter(({ modules }) => !modules.some((module) => known.has(module)));
    withRunningProviders(graph, providersOf(graph) as readonly PlannedProvider[], providersOf({ units }));
  }

  async #settle(module: ModuleReference | LazyModule, isRunning: IsRunning): Promise<() => ModuleGraph> {
    const { overrides } = this;
    const root = isLazyModule(module) ? await module.load() : module;
    const settled = await settleImports(root, { known: this.#known(isRunning), replaced: overrides.modules });
    return () => {
      const base = { ...this.base, references: this.#known(isRunning) };
      const graph = planModules(root, { overrides, settled, base });
      if (isLazyModule(module)) this.#refuseImported(module, graph.root);
      this.#references = graph.references;
      return graph;
    };
  }

  /** The modules that a load shares: not those whose start failed, which are planned and started again. */
  #known(isRunning: IsRunning): ModulesByReference {
    const references = this.#referencesByNode(this.#references);
    const isKnown = (node: ModuleNode): boolean => this.#isOfStart(node) || isRunning(references.get(node)!);
    return new Map([...this.#references].filter(([, node]) => isKnown(node)));
  }

  #added({ reached, units, references }: ModuleGraph): PlannedModules {
    const byNode = this.#referencesByNode(references);
    const added = (nodes: readonly ModuleNode[]): readonly ModuleNode[] => nodes.filter((one) => !this.#isOfStart(one));
    const referencesOf = (nodes: readonly ModuleNode[]): ModuleReference[] =>
      added(nodes).map((node) => byNode.get(node)!);
    const nodes = added(reached);
    return {
      nodes,
      modules: referencesOf(nodes),
      units: units.map(({ declared, order, modules, needs }) => ({
        declared,
        order,
        modules: referencesOf(modules),
        needs: referencesOf(needs),
      })),
    };
  }

  #isOfStart(node: ModuleNode): boolean {
    return this.base.modules.includes(node);
  }

  /** Returns the first reference of each module: an overridden one has several. */
  #referencesByNode(references: ModulesByReference): ReadonlyMap<ModuleNode, ModuleReference> {
    return firstEntries([...references].map(([reference, node]) => [node, reference]));
  }

  /** Refuses a module that is also imported: its routes exist without the prefix, so the prefix would be 404. */
  #refuseImported({ lazyPrefix }: LazyModule, root: ModuleNode): void {
    if (!this.#isOfStart(root)) return;
    throw new BootstrapError(
      `lazy("${lazyPrefix}") loads ${root.name}, which is also imported directly, so its routes exist without the ` +
        `prefix. Remove ${root.name} from imports, or remove the lazy().`,
    );
  }
}
