import { mergedMetadata } from '../../metadata/merged-metadata.js';
import type { DynamicModule, LazyModule } from '../../shared/module.js';
import type { Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { tokenKey } from '../token-key.js';
import type { ModuleDeclaration } from './module-declaration.js';
import type { PlannedProvider } from './planned-provider.js';

type PlansByKey = Map<unknown, PlannedProvider>;
type ItemsByKey = Map<unknown, Set<PlannedProvider>>;

/** A provider whose class has methods that events are dispatched to. */
export interface DispatchedClass {
  readonly plan: PlannedProvider;
  readonly type: Constructor;
}

/** A promise of a module, and its entry in `imports`. */
export interface PromisedImport {
  readonly entry: object;
  readonly promise: Promise<DynamicModule>;
}

/** A module of the graph: its imports, its own providers and controllers, and what is visible in it. */
export class ModuleNode {
  readonly imports: ModuleNode[] = [];
  /** The prefix of its controllers, from `RouterModule.register`. */
  routePrefix = '';
  readonly lazyModules: LazyModule[] = [];
  /** Promised imports that are not settled yet. */
  readonly unresolved: PromisedImport[] = [];

  /** By token, including the module class itself. */
  readonly providers: PlansByKey = new Map();
  /** Providers with `multi: true`, by token. */
  readonly items: ItemsByKey = new Map();
  /** Providers that other providers asked for and linking has added, such as the lists of multi-providers. */
  readonly linked: PlansByKey = new Map();
  /** Providers that only other plans of the module refer to, such as a transient provider for one of its dependants. */
  readonly derived: PlannedProvider[] = [];
  /** Providers under the `APP_*` tokens, of which each may have several. */
  readonly appProviders: PlannedProvider[] = [];
  readonly controllers: PlannedProvider[] = [];
  /** Enhancer classes that controllers name, and tokens with a provider of their own, if no visible module has them. */
  readonly injectables: PlansByKey = new Map();

  readonly exported: PlansByKey = new Map();
  readonly exportedItems: ItemsByKey = new Map();
  /** Exports of global modules, and the built-ins. */
  globals: ReadonlyMap<unknown, PlannedProvider> = new Map();
  globalItems: ReadonlyMap<unknown, ReadonlySet<PlannedProvider>> = new Map();

  // Searches the imports once per token, however many providers ask for it.
  readonly #found = new Map<unknown, PlannedProvider | undefined>();

  /** Module classes that it overrides; exporting them exports it. */
  readonly replaces = new Set<unknown>();
  // Cached: read three times, once all providers and controllers are defined.
  #dispatched: readonly DispatchedClass[] | undefined;

  constructor(readonly declaration: ModuleDeclaration) {}

  get type(): Constructor {
    return this.declaration.type;
  }

  /** Whether imports and exports mean this module by the class. */
  isCalled(type: unknown): boolean {
    return this.type === type || this.replaces.has(type);
  }

  get name(): string {
    return this.declaration.name;
  }

  /** All that is created for it. */
  get plans(): PlannedProvider[] {
    return [...this.named, ...this.derived];
  }

  /** Its own providers, enhancers and controllers, in the order of declaration; lists before their items. */
  get named(): PlannedProvider[] {
    const added = [...this.appProviders, ...this.injectables.values(), ...this.controllers];
    return [...this.providers.values(), ...this.linked.values(), ...this.ownItems, ...added];
  }

  get ownItems(): PlannedProvider[] {
    return [...this.items.values()].flatMap((items) => [...items]);
  }

  get controllerClasses(): DispatchedClass[] {
    return this.controllers.flatMap(classOf);
  }

  /** Controllers, and providers with consumers. */
  get dispatchedClasses(): readonly DispatchedClass[] {
    return (this.#dispatched ??= [
      ...this.controllerClasses,
      ...[...this.providers.values(), ...this.ownItems].flatMap(classOf).filter(({ type }) => consumes(type)),
    ]);
  }

  /** Returns the provider that `token` means inside this module: its own, an imported one, or a global one. */
  find(token: unknown): PlannedProvider | undefined {
    const key = tokenKey(token);
    const own = this.providers.get(key) ?? this.linked.get(key);
    if (own || this.#found.has(key)) return own ?? this.#found.get(key);
    const found = this.#imported(key) ?? this.globals.get(key);
    this.#found.set(key, found);
    return found;
  }

  /** Returns the multi-providers of a token that are visible inside this module, its own last. */
  itemsOf(key: unknown): PlannedProvider[] {
    const imported = this.imports.flatMap(({ exportedItems }) => [...(exportedItems.get(key) ?? [])]);
    return [...new Set([...(this.globalItems.get(key) ?? []), ...imported, ...(this.items.get(key) ?? [])])];
  }

  /** The tokens of all multi-providers that are visible inside this module. */
  get visibleItemTokens(): Token[] {
    const visible = [this.globalItems, ...this.imports.map(({ exportedItems }) => exportedItems), this.items];
    return visible.flatMap((items) => [...items.values()].flatMap(([first]) => first?.definition.provide ?? []));
  }

  provides(key: unknown): boolean {
    return this.providers.has(key) || this.items.has(key);
  }

  exports(key: unknown): boolean {
    return this.exported.has(key) || this.exportedItems.has(key);
  }

  /** Replaces the plans that it has, and those that it sees. */
  replacePlans(others: ReadonlyMap<PlannedProvider, PlannedProvider>): void {
    const other = (plan: PlannedProvider): PlannedProvider => others.get(plan) ?? plan;
    for (const plans of [this.providers, this.linked, this.injectables, this.exported])
      for (const [key, plan] of plans) plans.set(key, other(plan));
    for (const items of [this.items, this.exportedItems])
      for (const [key, plans] of items) items.set(key, new Set([...plans].map(other)));
    for (const plans of [this.derived, this.appProviders, this.controllers])
      plans.splice(0, plans.length, ...plans.map(other));
    this.globals = new Map([...this.globals].map(([key, plan]) => [key, other(plan)]));
    this.globalItems = new Map([...this.globalItems].map(([key, plans]) => [key, new Set([...plans].map(other))]));
    this.#found.clear();
    this.#dispatched = undefined;
  }

  #imported(key: unknown): PlannedProvider | undefined {
    for (const { exported } of this.imports) {
      const plan = exported.get(key);
      if (plan) return plan;
    }
    return undefined;
  }
}

/** Adds multi-providers of a token, and returns whether any is new. */
export function addItems(to: ItemsByKey, key: unknown, items: Iterable<PlannedProvider> = []): boolean {
  const known = to.get(key) ?? new Set();
  const before = known.size;
  for (const item of items) known.add(item);
  if (known.size > 0) to.set(key, known);
  return known.size > before;
}

function classOf(plan: PlannedProvider): DispatchedClass[] {
  return 'useClass' in plan.definition ? [{ plan, type: plan.definition.useClass }] : [];
}

/** Whether a class has consumers. */
export function consumes(type: Constructor): boolean {
  for (const { consumers } of mergedMetadata(type).methods.values()) if (consumers.length > 0) return true;
  return false;
}
