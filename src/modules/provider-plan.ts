import type { ModuleReference } from '../shared/module.js';
import { type CustomProvider, Scope, type ValueProvider } from '../shared/provider.js';
import { describeToken, type Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { tokenKey } from './token-key.js';

/** A provider of the framework itself: what it gives is looked up by name when the application starts. */
export interface BuiltInProvider {
  readonly provide: Token;
  readonly builtIn: string;
  /** Whether it is part of an event, which makes every dependant request-scoped. */
  readonly perEvent: boolean;
}

/** The reader of a DTO class that a factory asks for. Nothing but its dependants finds it. */
export interface ReaderProvider extends ValueProvider {
  readonly readerOf: Constructor;
}

export type Definition = CustomProvider | BuiltInProvider | ReaderProvider;

export interface Dependency {
  /** `undefined` for an optional dependency that nothing provides. */
  readonly target: ProviderPlan | undefined;
  /** Whether it breaks a circle: the dependant gets a stand-in first. */
  readonly deferred: boolean;
  /** The property to set; without it, the dependency is the next argument. */
  readonly property?: string | symbol;
}

/** A provider of a module, with its scope and its dependencies. */
export interface ProviderPlan {
  readonly definition: Definition;
  readonly moduleName: string;
  readonly scope: Scope;
  /** Whether creating it needs an event's scope: it is request-scoped, or transient and depends on one that is. */
  readonly perEvent: boolean;
  readonly dependencies: readonly Dependency[];
  /** The class that declared the provider, even if overridden; factories under other tokens have none. */
  readonly type?: Constructor | undefined;
  /** Whether it is the class of its module. */
  readonly isModule?: boolean;
  /** Whether the method `dispose` of its class takes events, so that it does not dispose of instances. */
  readonly disposeTakesEvents?: boolean;
}

/** The instances of singletons. */
export type Instances = Map<ProviderPlan, unknown>;

/** The readers of the framework's own providers, by name: part of an event, or the same for all. */
export type BuiltIns<S> = Readonly<Record<string, (scope: S) => unknown>>;

/** Modules that start and stop together: one, or several that need each other. */
export interface StartUnit {
  /** Their providers, in the order of declaration. */
  readonly declared: readonly ProviderPlan[];
  /** The same providers, dependencies first. */
  readonly order: readonly ProviderPlan[];
}

/** The modules of an application: what to create, in which order, and what can be looked up. */
export interface ModulesPlan {
  /** All providers, dependencies first. */
  readonly order: readonly ProviderPlan[];
  /** In the order in which they start. */
  readonly units: readonly StartUnit[];
  /** The providers that `app.get(token)` finds: one for each token. */
  readonly visible: readonly ProviderPlan[];
}

/** Modules that start and stop together, added to a running application. */
export interface AddedUnit extends StartUnit {
  readonly modules: readonly ModuleReference[];
  /** The modules that must start before these. */
  readonly needs: readonly ModuleReference[];
}

/** The additions of a lazy module to a running application. */
export interface AddedModules {
  /** The module and its imports that the application did not have at the start, imported ones first. */
  readonly modules: readonly ModuleReference[];
  /** Those that do not run yet, in the order in which they start. */
  readonly units: readonly AddedUnit[];
}

/** Returns the providers of modules that start, unit by unit. */
export function providersOf({ units }: { readonly units: readonly StartUnit[] }): ProviderPlan[] {
  return units.flatMap(({ order }) => order);
}

/** Whether a module that was added is running or starting. */
export type IsRunning = (module: ModuleReference) => boolean;

/** Loads what planning a lazy module needs. The function that it returns plans it on top of what runs by then. */
export type PrepareModules<P extends AddedModules> = (isRunning: IsRunning) => Promise<() => P>;

export function nameOf({ definition }: ProviderPlan): string {
  const name = describeToken(definition.provide);
  // The others under the token have the same name.
  return 'multi' in definition && definition.multi && 'useClass' in definition
    ? `${name} (${definition.useClass.name})`
    : name;
}

/** Names a provider with its module, as in `OrdersService in OrdersModule`. */
export function labelOf(plan: ProviderPlan): string {
  return `${nameOf(plan)} in ${plan.moduleName}`;
}

/** Returns providers by the keys of their tokens; of several for one token, the first. */
export function firstByToken(plans: readonly ProviderPlan[]): ReadonlyMap<unknown, ProviderPlan> {
  return firstEntries(plans.map((plan) => [tokenKey(plan.definition.provide), plan]));
}

/** Returns a map of entries; of several for one key, the first. */
export function firstEntries<K, V>(entries: Iterable<readonly [K, V]>): Map<K, V> {
  const map = new Map<K, V>();
  for (const [key, value] of entries) if (!map.has(key)) map.set(key, value);
  return map;
}

/** Whether it has one instance, which exists as long as the application. */
export function isSingleton({ scope }: ProviderPlan): boolean {
  return scope === Scope.DEFAULT;
}

/** Returns what a provider depends on, for walking the graph. */
export function targetsOf({ dependencies }: ProviderPlan): ProviderPlan[] {
  return dependencies.flatMap(({ target }) => target ?? []);
}
