import { BootstrapError } from '../../errors/bootstrap-error.js';
import { suggestion } from '../../shared/near-names.js';
import { Scope } from '../../shared/provider.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import { depthFirst } from '../depth-first.js';
import { consumes, type ModuleNode, tokenKey } from '../plan/module-node.js';
import { type ProviderPlan, targetsOf } from '../plan/provider-plan.js';
import { unknownDependency } from '../plan/unknown-dependency.js';
import { type EventScope, InstanceReaders, type Provided } from './event-scope.js';
import type { InstanceStore } from './instance-store.js';
import type { Report } from './owned-instances.js';

/** A class with methods that events are dispatched to, its module, and how to get its instance. */
export interface PlannedHandler<S extends EventScope> {
  readonly type: Constructor;
  readonly module: ModuleNode;
  readonly provided: Provided<object, S>;
}

/** Finds providers and their instances by token. */
export class ProviderLookup<S extends EventScope = EventScope> {
  readonly #readers: InstanceReaders<S>;
  readonly #modules: ModuleNode[] = [];
  #byToken: ReadonlyMap<unknown, ProviderPlan> | undefined;

  /**
   * @param root The application's root module; what it sees takes precedence.
   * @param report Receives errors from disposing of what a failed {@link resolve} created.
   */
  constructor(
    readonly root: ModuleNode,
    protected readonly store: InstanceStore,
    protected readonly report: Report,
  ) {
    this.#readers = new InstanceReaders<S>(store);
  }

  /** All modules, imported ones first, and lazy modules once they are loaded. */
  get modules(): readonly ModuleNode[] {
    return this.#modules;
  }

  protected addModules(modules: readonly ModuleNode[]): void {
    this.#modules.push(...modules);
    this.#byToken = undefined;
  }

  /**
   * Returns a singleton of any module; a provider that the root module sees takes precedence.
   *
   * @throws BootstrapError when no module provides `token`, or when it is request-scoped or transient.
   */
  get<T>(token: Token<T>): T {
    const plan = this.#find(token);
    if (plan.scope === Scope.DEFAULT) return this.store.get(plan) as T;
    throw new BootstrapError(
      `${String(plan)} is ${plan.scope}-scoped, so it has no single instance to get: ` +
        `await resolve(${plan.name}) instead.`,
    );
  }

  /**
   * Returns a singleton, a new transient, or the event's own instance.
   *
   * Without a `scope`, new instances belong to the caller, who disposes of them.
   *
   * @throws BootstrapError when no module provides `token`, or when it reads from an event and `scope` is missing.
   */
  async resolve<T>(token: Token<T>, scope?: S): Promise<T> {
    const plan = this.#find(token);
    if (scope) return (await this.#readers.of(plan)(scope)) as T;
    refuseReading(plan);
    // An empty scope is enough: nothing that is left reads from the event.
    const own = { scoped: undefined } as S;
    try {
      const instance = (await this.#readers.of(plan)(own)) as T;
      own.scoped?.handOver();
      return instance;
    } catch (error) {
      // The caller got nothing that it could dispose of.
      await own.scoped?.end(this.report);
      throw error;
    }
  }

  /**
   * Returns what `token` means inside `module`, including enhancer classes that only a controller names.
   *
   * @throws BootstrapError when nothing visible there provides it.
   */
  provided<T>(token: Token<T>, module: ModuleNode): Provided<T, S> {
    const plan = module.injectables.get(tokenKey(token)) ?? module.find(token);
    if (plan) return this.#provided<T>(plan);
    const why = unknownDependency(token, module, this.modules);
    throw new BootstrapError(`${module.name} asks for ${describeToken(token)}, but ${why}`);
  }

  controllers(modules: readonly ModuleNode[] = this.modules): PlannedHandler<S>[] {
    return modules.flatMap((module) =>
      module.controllers.map((plan) => ({
        type: plan.token as Constructor,
        module,
        provided: this.#provided<object>(plan),
      })),
    );
  }

  /** Controllers and providers with consumers. */
  consumers(): PlannedHandler<S>[] {
    return this.modules.flatMap((module) =>
      module.handlers
        .filter(({ type }) => consumes(type))
        .map(({ plan, type }) => ({ type, module, provided: this.#provided<object>(plan) })),
    );
  }

  /** All providers under one of the `APP_*` tokens. As in NestJS, a module's come before those of its imports. */
  multi<T>(token: Token<T>): Provided<T, S>[] {
    const key = tokenKey(token);
    const { met } = depthFirst([this.root], ({ imports }) => imports);
    const plans = [...met].flatMap(({ appProviders }) => appProviders);
    return plans.filter((plan) => tokenKey(plan.token) === key).map((plan) => this.#provided<T>(plan));
  }

  #provided<T>(plan: ProviderPlan): Provided<T, S> {
    const { type } = plan;
    if (plan.scope === Scope.DEFAULT) return { type, instance: this.store.get(plan) as T };
    return { type, resolve: this.#readers.of(plan) as (scope: S) => MaybePromise<T> };
  }

  #find(token: unknown): ProviderPlan {
    this.#byToken ??= firstByToken(this.modules);
    const plan = this.root.find(token) ?? this.#byToken.get(tokenKey(token));
    if (plan) return plan;
    const names = [...this.#byToken.values()].map(({ name }) => name);
    throw new BootstrapError(`No module provides ${describeToken(token)}.${suggestion(describeToken(token), names)}`);
  }
}

function firstByToken(modules: readonly ModuleNode[]): Map<unknown, ProviderPlan> {
  const plans = modules.flatMap((module) => module.plans);
  // A map keeps the last entry of a key, so the first module's has to come last.
  return new Map(plans.toReversed().map((plan) => [tokenKey(plan.token), plan]));
}

/** Refuses a provider that reads from the event, itself or through its dependencies. */
function refuseReading(plan: ProviderPlan): void {
  const reading = depthFirst([plan], targetsOf).order.find(({ definition }) => 'read' in definition);
  if (!reading) return;
  throw new BootstrapError(
    `${String(plan)} needs ${reading.name}, which exists only during an event: resolve it while handling one.`,
  );
}
