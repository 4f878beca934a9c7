import { appTokenName } from '../../contracts/app-tokens.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import { brandOf } from '../../shared/brand.js';
import type { DynamicModule, LazyModule } from '../../shared/module.js';
import type { Constructor } from '../../shared/types.js';
import type { ModuleDeclaration } from './module-declaration.js';
import type { ProviderPlan } from './provider-plan.js';

type PlansByKey = Map<unknown, ProviderPlan>;

/** A provider with methods that events are dispatched to, and the class that has them. */
export interface HandlerPlan {
  readonly plan: ProviderPlan;
  readonly type: Constructor;
}

/** A promise of a module, and what stands in `imports` for it. */
export interface PromisedImport {
  readonly entry: object;
  readonly promise: Promise<DynamicModule>;
}

/** One module of the graph: what it imports and owns, and what can be seen from it. */
export class ModuleNode {
  readonly imports: ModuleNode[] = [];
  readonly lazyModules: LazyModule[] = [];
  /** Promised imports that are not known yet. */
  readonly unresolved: PromisedImport[] = [];

  /** By token, the module class itself among them. */
  readonly providers: PlansByKey = new Map();
  /** Those under the `APP_*` tokens, of which there may be several each. */
  readonly appProviders: ProviderPlan[] = [];
  readonly controllers: ProviderPlan[] = [];
  /** Guards, interceptors, pipes and filters that were named by class and are nobody's provider. */
  readonly injectables: PlansByKey = new Map();

  readonly exported: PlansByKey = new Map();
  /** Exports of global modules, and the built-ins. */
  globals: ReadonlyMap<unknown, ProviderPlan> = new Map();

  // One look through the imports a token, however many providers ask for it.
  readonly #found = new Map<unknown, ProviderPlan | undefined>();

  /** Module classes whose place it has taken: who exports them passes it on. */
  readonly standsFor = new Set<Constructor>();
  // Asked for when all providers and controllers are there, and then three times.
  #handlers: readonly HandlerPlan[] | undefined;

  constructor(readonly declaration: ModuleDeclaration) {}

  get type(): Constructor {
    return this.declaration.type;
  }

  /** Whether the class is what importers and exporters call it by. */
  isCalled(type: unknown): boolean {
    return this.type === type || this.standsFor.has(type as Constructor);
  }

  get name(): string {
    return this.declaration.name;
  }

  /** All of its own, in the order they were declared. */
  get plans(): ProviderPlan[] {
    return [...this.providers.values(), ...this.appProviders, ...this.injectables.values(), ...this.controllers];
  }

  /** Controllers, and providers that consume records: what has methods that events are dispatched to. */
  get handlers(): readonly HandlerPlan[] {
    return (this.#handlers ??= this.#findHandlers());
  }

  #findHandlers(): HandlerPlan[] {
    const controllers = this.controllers.map((plan) => ({ plan, type: plan.token as Constructor }));
    return [...controllers, ...[...this.providers.values()].flatMap(consumerPlan)];
  }

  /** The provider that `token` means inside this module: its own, an imported one, a global one. */
  find(token: unknown): ProviderPlan | undefined {
    const key = tokenKey(token);
    const own = this.providers.get(key);
    if (own || this.#found.has(key)) return own ?? this.#found.get(key);
    const found = this.#imported(key) ?? this.globals.get(key);
    this.#found.set(key, found);
    return found;
  }

  #imported(key: unknown): ProviderPlan | undefined {
    for (const { exported } of this.imports) {
      const plan = exported.get(key);
      if (plan) return plan;
    }
    return undefined;
  }
}

function consumerPlan(plan: ProviderPlan): HandlerPlan[] {
  const { definition } = plan;
  return 'useClass' in definition && consumes(definition.useClass) ? [{ plan, type: definition.useClass }] : [];
}

/** Whether a class has methods that consume records. */
export function consumes(type: Constructor): boolean {
  for (const { consumers } of classMetadata(type).methods.values()) if (consumers.length > 0) return true;
  return false;
}

/** What a token is looked up by: itself, or for the framework's own its name, which the other copy's has too. */
export function tokenKey(token: unknown): unknown {
  const name = brandOf(token) ?? appTokenName(token);
  return name === undefined ? token : Symbol.for(`lambent.token.${name}`);
}
