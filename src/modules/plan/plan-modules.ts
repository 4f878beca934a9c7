import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { suggestion } from '../../shared/near-names.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { NO_OVERRIDES, type Overrides } from '../overrides.js';
import { checkEnhancersOf, enhancerClasses, enhancerInstances } from './check-class.js';
import { assignScopes, creationOrder, type ModuleUnit, moduleUnits } from './creation-order.js';
import { type BuiltIn, ProviderDefiner } from './define-providers.js';
import { ProviderLinker } from './link-providers.js';
import { isDynamicModule } from './module-declaration.js';
import { type ModuleNode, tokenKey } from './module-node.js';
import type { ProviderPlan } from './provider-plan.js';
import { type ModulesByReference, type Scan, scanModules, type SettledImports } from './scan-modules.js';
import { shareExports } from './share-exports.js';
import { namesake } from './unknown-dependency.js';

interface PlanOptions {
  readonly builtIns?: readonly BuiltIn<never>[];
  readonly overrides?: Overrides;
  /** Classes that the root module makes injectable although nobody provides them: guards of `create`, say. */
  readonly rootInjectables?: readonly Constructor[];
  /** What the promised imports turned out to be; without it they stay unresolved. */
  readonly settled?: SettledImports;
  /**
   * The running application's plan, for a lazily loaded module: it shares those modules and leaves them as they are.
   */
  readonly base?: ModulePlan;
}

/** An import that metadata alone does not tell: a lazy module, or without one a promise. */
interface UnresolvedImport {
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

/**
 * The first module wins; the built-ins come last, and a lazily loaded module's own globals before the application's.
 */
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

/**
 * Whoever has replaced something must not run with the real thing without knowing.
 *
 * @throws BootstrapError for an override that takes the place of nothing.
 */
export function refuseUnusedOverrides({ providers, modules }: Overrides, plan: ModulePlan): void {
  if (providers.size + modules.size === 0) return;
  const controllers = new Set<Token>(plan.modules.flatMap((module) => module.controllers.map(({ token }) => token)));
  const inVain = [...providers.keys()].filter((token) => !plan.overridden.has(tokenKey(token)));
  const controller = inVain.find((token) => controllers.has(token));
  if (controller) throw new BootstrapError(controllerOverridden(describeToken(controller)));
  // What is still missing may come with a module that is loaded later.
  if (plan.unresolved.length > 0) return;
  for (const token of inVain) throw new BootstrapError(overriddenInVain(token, plan));
  for (const module of modules.keys()) refuseUnusedModule(module, plan);
}

function controllerOverridden(name: string): string {
  return `The override of ${name} takes the place of nothing: ${name} is a controller, and stays as it is. Override the providers that it depends on.`;
}

function overriddenInVain(token: Token, plan: ModulePlan): string {
  const name = describeToken(token);
  const advice =
    namesake(token, plan.root, plan.modules) ?? namedAsInstance(token, plan) ?? addedOrMeant(name, plan.order);
  return `The override of ${name} takes the place of nothing: no module of the test provides or names it. ${advice}`;
}

/** A guard that was made by whoever named it is nobody's to replace. */
function namedAsInstance(token: Token, { modules }: ModulePlan): string | undefined {
  const types = modules.flatMap(({ handlers }) => handlers.map(({ type }) => type));
  const owner = types.find((type) => enhancerInstances(type).some((one) => one.constructor === token));
  return owner && `${owner.name} names an instance of it, which can't be replaced: name the class there.`;
}

function addedOrMeant(name: string, order: ModulePlan['order']): string {
  const near = suggestion(
    name,
    order.map((plan) => plan.name),
  );
  return `Add it to the providers of the module under test, or leave the override out.${near}`;
}

function refuseUnusedModule(module: ModuleReference, { references, modules }: ModulePlan): void {
  const type = moduleClassOf(module);
  const imported = [...references.keys()].some(
    (reference) => reference === module || moduleClassOf(reference) === module,
  );
  if (imported) return;
  const other = modules.some((node) => node.isCalled(type))
    ? ` ${type.name} is imported as another dynamic module: name the class to replace all of them.`
    : '';
  throw new BootstrapError(
    `overrideModule(${type.name}) takes the place of nothing: no module of the test imports it.${other}${suggestion(
      type.name,
      modules.map(({ name }) => name),
    )}`,
  );
}

function moduleClassOf(module: ModuleReference): Constructor {
  return isDynamicModule(module) ? module.module : module;
}
