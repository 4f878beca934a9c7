import { BootstrapError } from '../../errors/bootstrap-error.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { methodName } from '../../shared/class-methods.js';
import type { ModuleReference } from '../../shared/module.js';
import type { Constructor } from '../../shared/types.js';
import { NO_OVERRIDES, type Overrides } from '../overrides.js';
import { type Definition, firstEntries, nameOf } from '../provider-plan.js';
import { assignScopes } from './assign-scopes.js';
import { checkEnhancersOf, enhancerClasses } from './check-enhancers.js';
import { creationOrder, moduleUnits } from './creation-order.js';
import { ProviderDefiner, type ReaderMaker } from './define-providers.js';
import { ProviderLinker } from './link-providers.js';
import type { ModuleGraph } from './module-graph.js';
import { addItems, consumes, type ModuleNode } from './module-node.js';
import { setRoutePrefixes } from './route-prefixes.js';
import { type Scan, scanModules, type SettledImports } from './scan-modules.js';
import { shareExports } from './share-exports.js';
import { refuseUnusedOverrides } from './unused-overrides.js';

export interface PlanOptions {
  readonly builtIns?: readonly Definition[];
  readonly overrides?: Overrides;
  /** Classes injectable in the root module without being provided, such as guards among the options of `create`. */
  readonly rootInjectables?: readonly Constructor[];
  /** The results of promised imports; without it they stay unresolved. */
  readonly settled?: SettledImports;
  /** Makes the readers that factories ask for. */
  readonly readerOf?: ReaderMaker;
  /** For a lazy module, the graph of the running application, whose modules it shares without changing them. */
  readonly base?: ModuleGraph;
}

/**
 * Plans an application from metadata alone.
 *
 * @throws BootstrapError for errors in the graph that metadata shows, and for overrides that replace nothing. The
 *   message says what to change.
 */
export function planModules(root: ModuleReference, options: PlanOptions = {}): ModuleGraph {
  const { base, builtIns = [], settled = new Map(), overrides = NO_OVERRIDES } = options;
  const readerOf = options.readerOf ?? base?.readerOf;
  const scan = scanModules(root, { settled, known: base?.references, replaced: overrides.modules });
  const definer = new ProviderDefiner(overrides.providers, readerOf);
  for (const node of scan.modules) definer.define(node);
  if (base) scan.modules.forEach(refuseWithoutEffect);
  const own = base ? scan.modules : [...scan.modules, definer.builtInModule(builtIns)];
  // Other lazy modules may have brought some of them.
  const added = base ? scan.reached.filter((node) => !base.modules.includes(node)) : own;
  const complete = scan.modules.every(({ unresolved }) => unresolved.length === 0);
  setRoutePrefixes(added, complete);
  shareExports(own, complete);
  shareGlobals(own, added, base);
  defineInjectables(scan, definer, options);
  const linker = new ProviderLinker([...(base?.modules ?? []), ...added], complete, definer, overrides.mocks);
  for (const node of own) linker.link(node);
  linker.finish(own, scan.root);
  const order = creationOrder(own.flatMap(({ plans }) => plans));
  assignScopes(order);
  scan.modules.forEach(refuseModulePerEvent);
  const units = moduleUnits(scan.modules, order);
  const graph = { ...scan, order, units, overridden: definer.overridden, readerOf };
  if (!base) refuseUnusedOverrides(overrides, graph);
  return graph;
}

/**
 * Shows the exports of global modules to all modules. The first module wins; built-ins come last, and the globals of a
 * lazy module before the application's.
 */
function shareGlobals(own: readonly ModuleNode[], added: readonly ModuleNode[], base: ModuleGraph | undefined): void {
  const items: ModuleNode['exportedItems'] = new Map();
  const modules = added.filter(({ declaration }) => declaration.global);
  const globals = firstEntries([...modules.flatMap(({ exported }) => [...exported]), ...(base?.root.globals ?? [])]);
  const shared = [...(base?.root.globalItems ?? []), ...modules.flatMap(({ exportedItems }) => [...exportedItems])];
  for (const [key, more] of shared) addItems(items, key, more);
  for (const node of own) {
    node.globals = globals;
    node.globalItems = items;
  }
}

function defineInjectables({ root, modules }: Scan, definer: ProviderDefiner, options: PlanOptions): void {
  for (const node of modules) {
    for (const { type } of node.dispatchedClasses) {
      checkEnhancersOf(type);
      definer.defineInjectables(node, enhancerClasses(type));
    }
  }
  if (!options.base) definer.defineInjectables(root, options.rootInjectables ?? []);
}

/**
 * Refuses what would have no effect in a lazy module: `APP_*` providers, because the pipeline is compiled by then, and
 * consumers, because only requests load the module.
 */
function refuseWithoutEffect({ name, appProviders: [plan], dispatchedClasses }: ModuleNode): void {
  if (plan)
    throw new BootstrapError(
      `${name} is loaded lazily and provides ${nameOf(plan)}, which applies to the whole application: ` +
        `move it to a module that is loaded at the start, or put the class on the controllers of ${name}.`,
    );
  const consumer = dispatchedClasses.find(({ type }) => consumes(type));
  if (!consumer) return;
  const { type } = consumer;
  const methods = [...mergedMetadata(type).methods].filter(([, { consumers }]) => consumers.length > 0);
  throw new BootstrapError(
    `${name} is loaded lazily, with the first request for it, so ` +
      `${methods.map(([key]) => methodName(type, key)).join(' and ')} would get no events: ` +
      `import ${name} directly, or move ${type.name} to a module that is loaded at the start.`,
  );
}

/** Refuses a module class that depends on an event: it would never be created, and its hooks never called. */
function refuseModulePerEvent({ name, providers, type }: ModuleNode): void {
  const needy = providers.get(type)?.dependencies.find(({ target }) => target?.perEvent);
  if (!needy?.target) return;
  const needed = nameOf(needy.target);
  throw new BootstrapError(
    `The module class ${name} depends on ${needed}, which exists once per event, but modules are created once, at ` +
      `the start. Use ${needed} in a controller or a provider.`,
  );
}
