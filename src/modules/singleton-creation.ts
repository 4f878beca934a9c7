import { attempt, chain, isPromiseLike } from '../shared/promise.js';
import { Scope } from '../shared/scope.js';
import type { MaybePromise } from '../shared/types.js';
import { allThere } from './all-there.js';
import { annotateError } from './annotate-error.js';
import { creationChain } from './creation-chain.js';
import { type Owned, disposeAll } from './disposal.js';
import { instanceMaker } from './instance-maker.js';
import type { InstanceStore } from './instance-store.js';
import type { ProviderPlan } from './provider-plan.js';
import { replaceStandIn, standIn } from './stand-in.js';

interface Failure {
  readonly plan: ProviderPlan;
  readonly error: unknown;
}

export interface Creation {
  readonly instances: ReadonlyMap<ProviderPlan, unknown>;
  /** Everything that was made, transients included, in that order. */
  readonly owned: readonly Owned[];
}

interface CutEdge {
  readonly holder: ProviderPlan;
  readonly stand: object;
  readonly target: ProviderPlan;
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
  readonly #running = new Map<PromiseLike<unknown>, ProviderPlan>();
  readonly #owned: Owned[] = [];
  readonly #cuts: CutEdge[] = [];
  #failure: Failure | undefined;

  /** @param store Makes them, and has what was made before; it holds none of them. */
  constructor(
    private readonly order: readonly ProviderPlan[],
    private readonly store: InstanceStore,
  ) {}

  /** The providers whose factories are running. */
  pending(): string[] {
    return [...new Set([...this.#running.values()].map(String))];
  }

  /**
   * Makes them all.
   *
   * @throws The first error, naming the provider and who needed it; everything made by then has been disposed of.
   */
  async run(): Promise<Creation> {
    const singletons = this.order.filter(({ scope }) => scope === Scope.DEFAULT);
    for (const plan of singletons) this.#start(plan);
    await Promise.allSettled(this.#started.values());
    // A factory that nobody waits for any more, because what needed it has failed by something else.
    while (this.#running.size > 0) await Promise.allSettled(this.#running.keys());
    if (this.#failure) throw await this.#abandon(this.#failure);
    for (const { holder, stand, target } of this.#cuts) replaceStandIn(this.#made.get(holder), stand, this.#made.get(target));
    return { instances: this.#made, owned: this.#owned };
  }

  #start(plan: ProviderPlan): void {
    if (this.#failure) return;
    const make = () => chain(this.#dependencies(plan), (values) => this.#make(plan, values));
    // The failure has been noted; what waits for this one looks there before it goes on.
    this.#started.set(plan, attempt(make, () => undefined));
  }

  #dependencies(plan: ProviderPlan): MaybePromise<readonly unknown[]> {
    const { dependencies } = plan;
    const values = dependencies.map(({ target, deferred }) => (target && !deferred ? this.#read(target) : undefined));
    const there = allThere(values);
    if (!dependencies.some(({ deferred }) => deferred)) return there;
    // Only now: waiting for a stand-in would ask it for `then`.
    return chain(there, (ready) =>
      ready.map((value, index) => {
        const dependency = dependencies[index];
        return dependency?.deferred && dependency.target ? this.#standIn(plan, dependency.target) : value;
      }),
    );
  }

  #read(target: ProviderPlan): unknown {
    if (target.scope !== Scope.DEFAULT) return chain(this.#dependencies(target), (values) => this.#make(target, values));
    // A lazily loaded module's dependencies may have been made long ago.
    return this.#started.has(target) ? this.#started.get(target) : this.store.get(target);
  }

  #standIn(holder: ProviderPlan, target: ProviderPlan): object {
    const stand = standIn(target.name, () => this.#made.get(target) as object | undefined);
    this.#cuts.push({ holder, stand, target });
    return stand;
  }

  #make(plan: ProviderPlan, values: readonly unknown[]): MaybePromise<unknown> {
    if (this.#failure) throw this.#failure.error;
    const make = instanceMaker(plan);
    const made = attempt(
      () => chain(this.store.make(() => make(values)), (instance) => this.#finish(plan, instance)),
      (error) => this.#fail(plan, error),
    );
    if (isPromiseLike(made)) this.#watch(plan, made);
    return made;
  }

  #watch(plan: ProviderPlan, made: PromiseLike<unknown>): void {
    const settled = () => this.#running.delete(made);
    this.#running.set(made, plan);
    made.then(settled, settled);
  }

  #finish(plan: ProviderPlan, instance: unknown): unknown {
    if (plan.scope === Scope.DEFAULT) this.#made.set(plan, instance);
    this.#owned.push({ plan, instance });
    return instance;
  }

  #fail(plan: ProviderPlan, error: unknown): never {
    this.#failure ??= { plan, error };
    throw error;
  }

  /** A value was not made here, and the next attempt will want it again. What disposal throws would hide the cause. */
  async #abandon({ plan, error }: Failure): Promise<Error> {
    await disposeAll(this.#owned.filter(({ plan: { definition } }) => !('useValue' in definition)));
    return annotateError(error, creationChain(plan, this.order));
  }
}
