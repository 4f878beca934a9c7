import type { LazyModule } from '../../shared/module.js';
import type { ModuleUnit } from './creation-order.js';
import type { ReaderMaker } from './define-providers.js';
import type { ModuleNode } from './module-node.js';
import type { PlannedProvider } from './planned-provider.js';
import type { ModulesByReference } from './scan-modules.js';

/** An import that metadata alone does not resolve: a lazy module, or a promise. */
export interface UnresolvedImport {
  readonly module: ModuleNode;
  readonly lazy?: LazyModule;
}

/** The module graph with the dependencies, scope and order of every provider. Nothing is constructed yet. */
export interface ModuleGraph {
  readonly root: ModuleNode;
  /** Imported modules first. */
  readonly modules: readonly ModuleNode[];
  /** All providers, dependencies first. */
  readonly order: readonly PlannedProvider[];
  /** The modules in the order they start. */
  readonly units: readonly ModuleUnit[];
  readonly unresolved: readonly UnresolvedImport[];
  readonly references: ModulesByReference;
  /** Exports of global modules, which every module sees. */
  readonly globals: ReadonlyMap<unknown, PlannedProvider>;
  /** The keys of the provider overrides that replaced something. */
  readonly overridden: ReadonlySet<unknown>;
  readonly readerOf: ReaderMaker | undefined;
}
