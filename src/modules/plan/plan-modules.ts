import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { suggestion } from '../../shared/near-names.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { NO_OVERRIDES, type Overrides } from '../overrides.js';
import { type Definition, nameOf } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import { assignScopes } from './assign-scopes.js';
import { checkEnhancersOf, enhancerClasses, enhancerInstances } from './check-enhancers.js';
import { creationOrder, type ModuleUnit, moduleUnits } from './creation-order.js';
import { ProviderDefiner, type ReaderMaker } from './define-providers.js';
import { ProviderLinker } from './link-providers.js';
import { isDynamicModule } from './module-declaration.js';
import { addItems, type ModuleNode } from './module-node.js';
import { type PlannedProvider } from './planned-provider.js';
import { setRoutePrefixes } from './route-prefixes.js';
import { type ModulesByReference, type Scan, scanModules, type SettledImports } from './scan-modules.js';
import { shareExports } from './share-exports.js';
import { namesake } from './unknown-dependency.js';

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

/** An import that metadata alone does not resolve: a lazy module, or a promise. */
interface UnresolvedImport {
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
  if (base) scan.modules.forEach(refuseAppProviders);
  const own = base ? scan.modules : [...scan.modules, definer.builtInModule(builtIns)];
  const unresolved = scan.modules.flatMap(unresolvedImports);
  const complete = unresolved.every(({ lazy }) => lazy);
  setRoutePrefixes(scan.modules, complete);
  shareExports(own, complete);
  const globals = shareGlobals(own, base);
  defineInjectables(scan, definer, options);
  const linker = new ProviderLinker([...(base?.modules ?? []), ...own], complete, definer, overrides.mocks);
  for (const node of own) linker.link(node);
  linker.finish(own, scan.root);
  const order = creationOrder(own.flatMap(({ plans }) => plans));
  assignScopes(order);
  scan.modules.forEach(refuseModulePerEvent);
  const units = moduleUnits(scan.modules, order);
  const plan = { ...scan, order, units, unresolved, globals, overridden: definer.overridden, readerOf };
  if (!base) refuseUnusedOverrides(overrides, plan);
  return plan;
}

function unresolvedImports(module: ModuleNode): UnresolvedImport[] {
  return [...module.unresolved.map(() => ({ module })), ...module.lazyModules.map((lazy) => ({ module, lazy }))];
}

/**
 * Collects the exports of global modules. The first module wins; built-ins come last, and the globals of a lazy module
 * before the application's.
 */
function shareGlobals(own: readonly ModuleNode[], base: ModuleGraph | undefined): ModuleGraph['globals'] {
  const globals = new Map<unknown, PlannedProvider>();
  const items: ModuleNode['exportedItems'] = new Map();
  const modules = own.filter(({ declaration }) => declaration.global);
  for (const plans of [...modules.map(({ exported }) => exported), base?.globals ?? new Map()]) {
    for (const [key, plan] of plans) if (!globals.has(key)) globals.set(key, plan);
  }
  for (const shared of [base?.root.globalItems ?? new Map(), ...modules.map(({ exportedItems }) => exportedItems)]) {
    for (const [key, more] of shared) addItems(items, key, more);
  }
  for (const node of own) Object.assign(node, { globals, globalItems: items });
  return globals;
}

function defineInjectables({ root, modules }: Scan, definer: ProviderDefiner, options: PlanOptions): void {
  for (const node of modules) {
    for (const { type } of node.handlers) {
      checkEnhancersOf(type);
      definer.defineInjectables(node, enhancerClasses(type));
    }
  }
  if (!options.base) definer.defineInjectables(root, options.rootInjectables ?? []);
}

/** Refuses `APP_*` providers of a lazy module, which would have no effect: the pipeline is compiled by then. */
function refuseAppProviders({ name, appProviders: [plan] }: ModuleNode): void {
  if (!plan) return;
  throw new BootstrapError(
    `${name} is loaded lazily and provides ${nameOf(plan)}, which applies to the whole application: ` +
      `move it to a module that is loaded at the start, or put the class on the controllers of ${name}.`,
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

/** Refuses overrides that replace nothing, so that a test never runs with the real provider unnoticed. */
function refuseUnusedOverrides({ providers, modules }: Overrides, plan: ModuleGraph): void {
  if (providers.size + modules.size === 0) return;
  const controllers = new Set<Token>(
    plan.modules.flatMap((module) => module.controllers.map(({ definition }) => definition.provide)),
  );
  const unused = [...providers.keys()].filter((token) => !plan.overridden.has(tokenKey(token)));
  const controller = unused.find((token) => controllers.has(token));
  if (controller) throw new BootstrapError(controllerOverridden(describeToken(controller)));
  // A module that is loaded later may have the rest.
  if (plan.unresolved.length > 0) return;
  for (const token of unused) throw new BootstrapError(unusedOverride(token, plan));
  for (const module of modules.keys()) refuseUnusedModule(module, plan);
}

function controllerOverridden(name: string): string {
  return (
    `The override of ${name} replaces nothing: ${name} is a controller, which can't be overridden. ` +
    `Override the providers it depends on.`
  );
}

function unusedOverride(token: Token, plan: ModuleGraph): string {
  const name = describeToken(token);
  const advice =
    namesake(token, plan.root, plan.modules) ?? namedAsInstance(token, plan) ?? addedOrMeant(name, plan.order);
  return `The override of ${name} replaces nothing: no module of the test provides or names it. ${advice}`;
}

function namedAsInstance(token: Token, { modules }: ModuleGraph): string | undefined {
  const types = modules.flatMap(({ handlers }) => handlers.map(({ type }) => type));
  const owner = types.find((type) => enhancerInstances(type).some((one) => one.constructor === token));
  return owner && `${owner.name} names an instance of it, which can't be replaced: name the class instead.`;
}

function addedOrMeant(name: string, order: ModuleGraph['order']): string {
  const near = suggestion(name, order.map(nameOf));
  return `Add it to the providers of the module under test, or remove the override.${near}`;
}

function refuseUnusedModule(module: ModuleReference, { references, modules }: ModuleGraph): void {
  const type = moduleClassOf(module);
  const imported = [...references.keys()].some(
    (reference) => reference === module || moduleClassOf(reference) === module,
  );
  if (imported) return;
  const other = modules.some((node) => node.isCalled(type))
    ? ` ${type.name} is imported as another dynamic module: pass the class to replace all of them.`
    : '';
  const names = modules.map(({ name }) => name);
  throw new BootstrapError(
    `overrideModule(${type.name}) replaces nothing: no module of the test imports it.${other}` +
      suggestion(type.name, names),
  );
}

function moduleClassOf(module: ModuleReference): Constructor {
  return isDynamicModule(module) ? module.module : module;
}
