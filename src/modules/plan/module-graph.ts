import { firstEntries, type ModulesPlan } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import type { ModuleUnit } from './creation-order.js';
import type { ReaderMaker } from './define-providers.js';
import type { ModuleNode } from './module-node.js';
import type { PlannedProvider } from './planned-provider.js';
import type { ModulesByReference } from './scan-modules.js';

/** The module graph with the dependencies, scope and order of every provider. Nothing is constructed yet. */
export interface ModuleGraph {
  readonly root: ModuleNode;
  /** The root and all that it imports, imported ones first. */
  readonly reached: readonly ModuleNode[];
  /** Imported modules first; of a lazy module, those that are not there yet. */
  readonly modules: readonly ModuleNode[];
  /** All providers, dependencies first. */
  readonly order: readonly PlannedProvider[];
  /** The modules in the order they start. */
  readonly units: readonly ModuleUnit[];
  readonly references: ModulesByReference;
  /** The keys of the provider overrides that replaced something. */
  readonly overridden: ReadonlySet<unknown>;
  readonly readerOf: ReaderMaker | undefined;
}

/** Returns what an application needs of a module graph to run. */
export function modulesPlan(graph: ModuleGraph): ModulesPlan {
  const { order, units } = graph;
  return {
    order,
    units: units.map(({ declared, order: sorted }) => ({ declared, order: sorted })),
    visible: visibleProviders(graph),
  };
}

/** Returns the provider of each token: the one that the root module sees, else that of the first module. */
function visibleProviders({ root, modules }: ModuleGraph): PlannedProvider[] {
  const ofRoot = [root.providers, root.linked, ...root.imports.map(({ exported }) => exported), root.globals];
  const byToken = firstEntries([...ofRoot.flatMap((plans) => [...plans]), ...modules.flatMap(keyedPlans)]);
  return [...byToken.values()];
}

function keyedPlans({ named }: ModuleNode): [unknown, PlannedProvider][] {
  return named.map((plan) => [tokenKey(plan.definition.provide), plan]);
}
