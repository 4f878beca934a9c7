import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { suggestion } from '../../shared/near-names.js';
import { Scope } from '../../shared/provider.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import { depthFirst } from '../depth-first.js';
import { NO_OVERRIDES, type Overrides } from '../overrides.js';
import { consumes, type ModuleNode, tokenKey } from '../plan/module-node.js';
import type { ModulePlan } from '../plan/plan-modules.js';
import { type ProviderPlan, targetsOf } from '../plan/provider-plan.js';
import { unknownDependency } from '../plan/unknown-dependency.js';
import { throwCollected } from './disposal.js';
import { type EventScope, InstanceReaders, type Provided } from './event-scope.js';
import { Holdings, type Report } from './holdings.js';
import { InstanceStore } from './instance-store.js';
import { Lifecycle } from './lifecycle-hooks.js';
import type { LoadingApplication, ModuleLoader } from './module-loader.js';
import { GIVING_UP, PATIENCE, type Shutdown, shutdownBy } from './shutdown.js';
import type { Creation } from './singleton-creation.js';

/** A class with methods that events are dispatched to, the module it belongs to, and how to come by its instance. */
export interface PlannedHandler<S extends EventScope> {
  readonly type: Constructor;
  readonly module: ModuleNode;
  readonly provided: Provided<object, S>;
}

export interface ContainerSettings {
  readonly overrides?: Overrides;
  /** Told of what goes wrong when nobody waits any more: with what is disposed of late. */
  readonly report?: Report;
}

/** The module graph with its singletons: what the application is compiled from, and what it shuts down. */
export class Container<S extends EventScope = EventScope> {
  readonly #store = new InstanceStore();
  readonly #readers = new InstanceReaders<S>(this.#store);
  readonly #holdings = new Holdings();
  readonly #lifecycle = new Lifecycle();
  #loader: ModuleLoader | undefined;
  readonly #modules: ModuleNode[] = [];
  #byToken: ReadonlyMap<unknown, ProviderPlan> | undefined;
  #closing: Promise<void> | undefined;
  readonly #report: Report = (error) => this.settings.report?.(error);

  constructor(
    private readonly plan: ModulePlan,
    creation: Creation,
    private readonly settings: ContainerSettings,
  ) {
    this.#adopt(plan.modules, creation);
  }

  get root(): ModuleNode {
    return this.plan.root;
  }

  /** Every module, lazily loaded ones included once they are; those that are imported first. */
  get modules(): readonly ModuleNode[] {
    return this.#modules;
  }

  /**
   * A singleton of whichever module has it; what the root module sees goes first.
   *
   * @throws BootstrapError when nobody provides `token`, and for request scope and transients.
   */
  get<T>(token: Token<T>): T {
    const plan = this.#find(token);
    if (plan.scope === Scope.DEFAULT) return this.#store.get(plan) as T;
    throw new BootstrapError(
      `${String(plan)} is ${plan.scope}-scoped, so there is no one instance of it to get: await resolve(${plan.name}) instead.`,
    );
  }

  /**
   * A singleton, a new transient, or the event's own instance.
   *
   * Without a `scope` what is not there yet is made for the caller alone, and stays the caller's to dispose of.
   *
   * @throws BootstrapError when nobody provides `token`, or when it reads from an event and there is none.
   */
  async resolve<T>(token: Token<T>, scope?: S): Promise<T> {
    const plan = this.#find(token);
    if (scope) return (await this.#readers.of(plan)(scope)) as T;
    refuseReading(plan);
    // Nothing is read from the scope but what was made in it.
    const own = { scoped: undefined } as S;
    try {
      const instance = (await this.#readers.of(plan)(own)) as T;
      own.scoped?.handOver();
      return instance;
    } catch (error) {
      // The caller has nothing to dispose of.
      await own.scoped?.end(this.#report);
      throw error;
    }
  }

  /**
   * What `token` means inside `module`, an enhancer class that only a controller names included.
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

  /** Controllers and providers with methods that consume records. */
  consumers(): PlannedHandler<S>[] {
    return this.modules.flatMap((module) =>
      module.handlers
        .filter(({ type }) => consumes(type))
        .map(({ plan, type }) => ({ type, module, provided: this.#provided<object>(plan) })),
    );
  }

  /**
   * Everything that modules provide under one of the `APP_*` tokens: a module's before those of its imports, as in
   * NestJS.
   */
  multi<T>(token: Token<T>): Provided<T, S>[] {
    const key = tokenKey(token);
    const { met } = depthFirst([this.root], ({ imports }) => imports);
    const plans = [...met].flatMap(({ appProviders }) => appProviders);
    return plans.filter((plan) => tokenKey(plan.token) === key).map((plan) => this.#provided<T>(plan));
  }

  /**
   * Runs `onModuleInit` of every module, then `onApplicationBootstrap`.
   *
   * @throws The first error of a hook, naming it; the container has been closed by then.
   */
  async init(): Promise<void> {
    try {
      await this.#lifecycle.start(this.plan.units, (plan) => this.#store.get(plan));
    } catch (error) {
      // What goes wrong on the way out would hide the cause.
      await this.close(GIVING_UP).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Runs the shutdown hooks and disposes of everything, the last that was made first; once, however often it is called.
   *
   * @throws The error of a hook or a disposal, after all of them were tried; an AggregateError of several.
   */
  close(ending: Shutdown = shutdownBy(undefined)): Promise<void> {
    return (this.#closing ??= this.#close(ending));
  }

  /**
   * Adds a lazily loaded module: plans it on top of what is there, makes its singletons, runs its start hooks.
   *
   * @returns The modules that it takes and that the application had not from the start, those that are imported first.
   */
  async load(reference: ModuleReference | LazyModule): Promise<readonly ModuleNode[]> {
    // Most applications have no lazy modules.
    const { closing, ModuleLoader } = await import('./module-loader.js');
    if (this.#closing) throw closing();
    this.#loader ??= new ModuleLoader(this.#loading());
    return this.#loader.load(reference);
  }

  #loading(): LoadingApplication {
    const { plan, settings } = this;
    const { overrides = NO_OVERRIDES } = settings;
    const adopt: LoadingApplication['adopt'] = (modules, creation) => this.#adopt(modules, creation);
    return { plan, overrides, store: this.#store, lifecycle: this.#lifecycle, report: this.#report, adopt };
  }

  #adopt(modules: readonly ModuleNode[], { instances, holdings }: Creation): void {
    for (const [plan, instance] of instances) this.#store.hold(plan, instance);
    this.#holdings.absorb(holdings);
    this.#modules.push(...modules);
    this.#byToken = undefined;
  }

  async #close(ending: Shutdown): Promise<void> {
    await this.#loader?.end();
    const errors = await this.#lifecycle.stop(ending);
    errors.push(
      ...((await this.#loader?.dispose(ending)) ?? []),
      ...(await this.#holdings.end(this.#report, PATIENCE, ending.patience)),
    );
    throwCollected(errors, 'closing the application');
  }

  #provided<T>(plan: ProviderPlan): Provided<T, S> {
    const { type } = plan;
    if (plan.scope === Scope.DEFAULT) return { type, instance: this.#store.get(plan) as T };
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
  // The last entry of a key stays: so the first module's has to come last.
  return new Map(plans.toReversed().map((plan) => [tokenKey(plan.token), plan]));
}

function refuseReading(plan: ProviderPlan): void {
  const reading = eventReading(plan);
  if (!reading) return;
  throw new BootstrapError(
    `${String(plan)} needs ${reading.name}, which there is during an event only: resolve it below a handler.`,
  );
}

/**
 * The built-in that `plan` reads from the event, itself or further down; `undefined` when it can be made without one.
 */
function eventReading(plan: ProviderPlan): ProviderPlan | undefined {
  return depthFirst([plan], targetsOf).order.find(({ definition }) => 'read' in definition);
}
