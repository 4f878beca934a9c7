import { BootstrapError } from '../errors/bootstrap-error.js';
import type { LazyModule, ModuleReference } from '../shared/module.js';
import type { Constructor } from '../shared/types.js';
import { assignScopes } from './assign-scopes.js';
import type { BuiltIn } from './built-in.js';
import { enhancerClasses } from './controller-classes.js';
import { creationOrder } from './creation-order.js';
import { ProviderDefiner } from './define-providers.js';
import { checkEnhancersOf } from './enhancer-check.js';
import { ProviderLinker } from './link-providers.js';
import type { ModuleNode } from './module-node.js';
import { type ModuleUnit, moduleUnits } from './module-units.js';
import { NO_OVERRIDES, type Overrides } from './overrides.js';
import type { ProviderPlan } from './provider-plan.js';
import { type ModulesByReference, type Scan, type SettledImports, scanModules } from './scan-modules.js';
import { shareExports } from './share-exports.js';

export interface PlanOptions {
  readonly builtIns?: readonly BuiltIn<never>[];
  readonly overrides?: Overrides;
  /** Classes that the root module makes injectable although nobody provides them: guards of `create`, say. */
  readonly rootInjectables?: readonly Constructor[];
  /** What the promised imports turned out to be; without it they stay unresolved. */
  readonly settled?: SettledImports;
  /** The running application's plan, for a lazily loaded module: it shares those modules and leaves them as they are. */
  readonly base?: ModulePlan;
}

/** An import that metadata alone does not tell: a lazy module, or without one a promise. */
export interface UnresolvedImport {
  readonly module: ModuleNode;
  readonly lazy?: LazyModule;
}

/** The module graph with every provider's dependencies, scope and turn; nothing in it has been constructed. */
export interface ModulePlan {
  readonly root: ModuleNode;
  /** Those that are imported first. */
  readonly modules: readonly ModuleNode[];
  /** Every provider, dependencies first. */
  readonly order: readonly ProviderPlan[];
  /** The modules in the order in which they start. */
  readonly units: readonly ModuleUnit[];
  readonly unresolved: readonly UnresolvedImport[];
  readonly references: ModulesByReference;
  /** What every module sees. */
  readonly globals: ReadonlyMap<unknown, ProviderPlan>;
  /** By key: the overrides of providers that took something's place. */
  readonly overridden: ReadonlySet<unknown>;
}

/**
 * Plans an application from metadata alone.
 *
 * @throws BootstrapError for every mistake in the graph that metadata shows, saying what to change.
 */
export function planModules(root: ModuleReference, options: PlanOptions = {}): ModulePlan {
  const { base, builtIns = [], settled = new Map(), overrides = NO_OVERRIDES } = options;
  const scan = scanModules(root, { settled, known: base?.references, replaced: overrides.modules });
  const definer = new ProviderDefiner(overrides.providers);
  for (const node of scan.modules) definer.define(node);
  if (base) scan.modules.forEach(refuseAppProviders);
  const own = base ? scan.modules : [...scan.modules, definer.builtInModule(builtIns)];
  const unresolved = scan.modules.flatMap(unresolvedImports);
  const complete = unresolved.every(({ lazy }) => lazy);
  shareExports(own, complete);
  const globals = shareGlobals(own, base?.globals);
  defineInjectables(scan, definer, options);
  const linker = new ProviderLinker([...(base?.modules ?? []), ...own], complete, definer);
  for (const node of own) linker.link(node);
  const order = creationOrder(own.flatMap(({ plans }) => plans));
  assignScopes(order);
  scan.modules.forEach(refuseModulePerEvent);
  const units = moduleUnits(scan.modules, order);
  return { ...scan, order, units, unresolved, globals, overridden: definer.overridden };
}

function unresolvedImports(module: ModuleNode): UnresolvedImport[] {
  return [...module.unresolved.map(() => ({ module })), ...module.lazyModules.map((lazy) => ({ module, lazy }))];
}

/** The first module wins; the built-ins come last, and a lazily loaded module's own globals before the application's. */
function shareGlobals(own: readonly ModuleNode[], inherited: ModulePlan['globals'] = new Map()): ModulePlan['globals'] {
  const globals = new Map<unknown, ProviderPlan>();
  const exported = own.filter(({ declaration }) => declaration.global).map((node) => node.exported);
  for (const plans of [...exported, inherited]) {
    for (const [key, plan] of plans) if (!globals.has(key)) globals.set(key, plan);
  }
  for (const node of own) node.globals = globals;
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

/** The application's pipeline has been compiled by then: the guard would guard nothing, and nobody would know. */
function refuseAppProviders({ name, appProviders: [plan] }: ModuleNode): void {
  if (!plan) return;
  throw new BootstrapError(
    `${name} is loaded lazily and provides ${plan.name}, which concerns the whole application: ` +
      `move it to a module that is loaded at the start, or put the class on the controllers of ${name}.`,
  );
}

/** It would never be made, and its hooks never called. */
function refuseModulePerEvent({ name, providers, type }: ModuleNode): void {
  const needy = providers.get(type)?.dependencies.find(({ target }) => target?.perEvent);
  if (!needy?.target) return;
  throw new BootstrapError(
    `The module class ${name} depends on ${needy.target.name}, of which there is one an event; modules are made once, ` +
      `at the start. Use ${needy.target.name} in a controller or a provider.`,
  );
}
