import { BootstrapError } from '../../errors/bootstrap-error.js';
import { attempt, chain } from '../../shared/promise.js';
import { Scope } from '../../shared/provider.js';
import { isObject, type MaybePromise } from '../../shared/types.js';
import { annotateError } from '../annotate-error.js';
import type { Dependency, ProviderPlan } from '../plan/provider-plan.js';
import { keep } from './disposal.js';
import { Holdings, type Report } from './holdings.js';
import { constructor, gather, instanceMaker } from './instance-maker.js';
import type { InstanceStore } from './instance-store.js';
import { PATIENCE } from './shutdown.js';
import { replaceStandIn, standIn } from './stand-in.js';

interface Failure {
  /** `undefined` where the creation was ended from outside. */
  readonly plan: ProviderPlan | undefined;
  readonly error: unknown;
}

export interface Creation {
  readonly instances: ReadonlyMap<ProviderPlan, unknown>;
  /** Everything that was made, transients included. */
  readonly holdings: Holdings;
}

interface CutEdge {
  readonly holder: ProviderPlan;
  readonly dependency: Dependency & { readonly target: ProviderPlan };
  readonly stand: object;
}

/**
 * Makes the singletons of a plan, all of them or none.
 *
 * Each starts as soon as its dependencies are there, so that independent async factories overlap, and what is
 * synchronous is made without a promise.
 */
export class SingletonCreation {
  readonly #started = new Map<ProviderPlan, MaybePromise<unknown>>();
  readonly #made = new Map<ProviderPlan, unknown>();
  readonly #holdings = new Holdings();
  readonly #cuts: CutEdge[] = [];
  #patience = PATIENCE;
  #failure: Failure | undefined;
  #failed: () => void = () => undefined;
  readonly #failing = new Promise<void>((resolve) => (this.#failed = resolve));

  /** @param store Makes them, and has what was made before; it holds none of them. */
  constructor(
    private readonly order: readonly ProviderPlan[],
    private readonly store: InstanceStore,
  ) {}

  /** The providers whose factories are running. */
  pending(): string[] {
    return [...new Set(this.#holdings.running.map(String))];
  }

  /**
   * Makes them all.
   *
   * @param report Told of what goes wrong with factories that come to their end after a failure was told.
   * @throws The first error, naming the provider and who needed it; everything made by then has been disposed of.
   *   Factories that are running are waited for, though not for long.
   */
  async run(report: Report): Promise<Creation> {
    for (const { definition } of this.order)
      if ('useValue' in definition && isObject(definition.useValue)) keep(definition.useValue);
    for (const plan of this.order) if (plan.scope === Scope.DEFAULT) this.#start(plan);
    // One of them may never come to its end.
    await Promise.race([this.#failing, Promise.all(this.#started.values())]);
    this.#cuts.forEach((cut) => this.#join(cut));
    if (this.#failure) throw await this.#abandon(this.#failure, report);
    return { instances: this.#made, holdings: this.#holdings };
  }

  /** Ends it: nothing more is started, nothing is waited for, and `run` rejects with `error`. */
  abort(error: Error): void {
    this.#patience = 0;
    this.#note(undefined, error);
  }

  #start(plan: ProviderPlan): void {
    if (this.#failure) return;
    const make = () => chain(this.#dependencies(plan), (values) => this.#make(plan, values));
    // The failure has been noted; what waits for this one looks there before it goes on.
    this.#started.set(
      plan,
      attempt(make, () => undefined),
    );
  }

  #dependencies(plan: ProviderPlan): MaybePromise<readonly unknown[]> {
    const { dependencies } = plan;
    const there = gather(dependencies, ({ target, deferred }) =>
      target && !deferred ? this.#read(target) : undefined,
    );
    if (!dependencies.some(({ deferred }) => deferred)) return there;
    // Only now: waiting for a stand-in would ask it for `then`.
    return chain(there, (ready) =>
      ready.map((value, index) => {
        const dependency = dependencies[index];
        return dependency?.deferred ? this.#standIn(plan, dependency as CutEdge['dependency']) : value;
      }),
    );
  }

  #read(target: ProviderPlan): unknown {
    if (target.scope !== Scope.DEFAULT)
      return chain(this.#dependencies(target), (values) => this.#make(target, values));
    // A lazily loaded module's dependencies may have been made long ago.
    return this.#started.has(target) ? this.#started.get(target) : this.store.get(target);
  }

  #standIn(holder: ProviderPlan, dependency: CutEdge['dependency']): object {
    const { target } = dependency;
    const stand = standIn(target.name, () => this.#made.get(target) as object | undefined);
    this.#cuts.push({ holder, dependency, stand });
    return stand;
  }

  #make(plan: ProviderPlan, values: readonly unknown[]): MaybePromise<unknown> {
    if (this.#failure) throw this.#failure.error;
    const construct = constructor(plan);
    const make = instanceMaker(plan, (given) => this.store.make(() => construct(given)));
    return attempt(
      () => chain(make(values, this.#holdings), (instance) => this.#finish(plan, instance)),
      (error) => this.#fail(plan, error),
    );
  }

  #finish(plan: ProviderPlan, instance: unknown): unknown {
    if (plan.scope === Scope.DEFAULT) this.#made.set(plan, instance);
    return instance;
  }

  #fail(plan: ProviderPlan, error: unknown): never {
    this.#note(plan, error);
    throw error;
  }

  #note(plan: ProviderPlan | undefined, error: unknown): void {
    this.#failure ??= { plan, error };
    this.#failed();
  }

  /** Puts the instance into the place of what stood for it. */
  #join({ holder, dependency, stand }: CutEdge): void {
    if (this.#failure) return;
    const { target, property } = dependency;
    const [made, instance] = [this.#made.get(holder), this.#made.get(target)];
    const isReplaced =
      property === undefined ? replaceStandIn(made, stand, instance) : Reflect.set(made as object, property, instance);
    if (!isReplaced) this.#note(undefined, new BootstrapError(keptElsewhere(holder, target)));
  }

  /** A value was not made here. What disposal throws would hide the cause. */
  async #abandon({ plan, error }: Failure, report: Report): Promise<Error> {
    this.#holdings.leaveValues();
    await this.#holdings.end(report, this.#patience);
    return plan ? annotateError(error, creationChain(plan, this.order)) : (error as Error);
  }
}

function keptElsewhere(holder: ProviderPlan, { name }: ProviderPlan): string {
  return (
    `${String(holder)} is given ${name} through forwardRef and keeps it where the instance can't take its place once it is made: in a #private field, ` +
    `in a closure or in a list. There it would stay another object than ${name} is for everybody else. Keep it in a property (a private one of ` +
    `TypeScript will do), or inject it there: @Inject(forwardRef(() => …)) on the property.`
  );
}

/** Longer chains help nobody. */
const MAX_CHAIN = 8;

/** `while creating A, needed by B, C in SomeModule`: who failed, and for whom it was made. */
function creationChain(failed: ProviderPlan, order: readonly ProviderPlan[]): string {
  const dependants = firstDependants(order);
  const needing = [failed];
  for (let next = dependants.get(failed); next && !needing.includes(next); next = dependants.get(next)) {
    if (needing.push(next) > MAX_CHAIN) break;
  }
  const [first, ...needy] = needing.map(({ name }) => name);
  const neededBy = needy.length > 0 ? `, needed by ${needy.join(', ')}` : '';
  return `while creating ${first}${neededBy} in ${needing.at(-1)?.moduleName}`;
}

function firstDependants(order: readonly ProviderPlan[]): Map<ProviderPlan, ProviderPlan> {
  const dependants = new Map<ProviderPlan, ProviderPlan>();
  for (const plan of order) {
    for (const { target } of plan.dependencies) if (target && !dependants.has(target)) dependants.set(target, plan);
  }
  return dependants;
}
