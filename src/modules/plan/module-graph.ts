import type { ModuleUnit } from './creation-order.js';
import type { ReaderMaker } from './define-providers.js';
import type { ModuleNode } from './module-node.js';
import type { PlannedProvider } from './planned-provider.js';
import type { ModulesByReference } from './scan-modules.js';

/** The module graph with the dependencies, scope and order of every provider. Nothing is constructed yet. */
export interface ModuleGraph {
  readonly root: ModuleNode;
  /** Imported modules first. */
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
