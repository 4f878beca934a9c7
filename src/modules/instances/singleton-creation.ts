import { attempt, chain } from '../../shared/promise.js';
import { isObject, type MaybePromise } from '../../shared/types.js';
import { annotateError } from '../annotate-error.js';
import { type BuiltIns, type Instances, isSingleton, labelOf, nameOf, type ProviderPlan } from '../provider-plan.js';
import { retainForever } from './disposal.js';
import { gather, instanceMaker } from './instance-maker.js';
import { OwnedInstances, type Report } from './owned-instances.js';
import { SHUTDOWN_STEP_TIMEOUT } from './shutdown-time.js';
import type { StandIns } from './stand-in.js';

interface Failure {
  /** `undefined` when the creation was aborted from outside. */
  readonly plan: ProviderPlan | undefined;
  readonly error: unknown;
}

/** The singletons that were created. */
export interface Creation {
  readonly instances: ReadonlyMap<ProviderPlan, unknown>;
  /** All instances that were created, including transients. */
  readonly owned: OwnedInstances;
}

/**
 * Creates the singletons of a plan, all of them or none.
 *
 * Each one is created as soon as its dependencies are, so that independent async factories overlap. Synchronous ones
 * cost no promise.
 */
export class SingletonCreation {
  readonly #started = new Map<ProviderPlan, MaybePromise<unknown>>();
  readonly #made = new Map<ProviderPlan, unknown>();
  readonly #owned = new OwnedInstances();
  #standIns: StandIns | undefined;
  #timeout = SHUTDOWN_STEP_TIMEOUT;
  #failure: Failure | undefined;
  #failed: () => void = () => undefined;
  readonly #failing = new Promise<void>((resolve) => (this.#failed = resolve));

  /** @param existing The instances of earlier creations; the new ones are not put into it. */
  constructor(
    private readonly order: readonly ProviderPlan[],
    private readonly existing: Instances,
    private readonly builtIns: BuiltIns<never>,
  ) {}

  /** The providers whose factories are running. */
  pending(): string[] {
    return [...new Set(this.#owned.running.map(labelOf))];
  }

  /**
   * Creates all singletons.
   *
   * @param report Receives the errors of factories that finish after the creation has failed.
   * @throws The first error, naming the provider and its dependants. Everything created by then has been disposed of;
   *   running factories are waited for, for a limited time.
   */
  async run(report: Report): Promise<Creation> {
    if (this.order.some(({ dependencies }) => dependencies.some(({ deferred }) => deferred)))
      this.#standIns = new (await import('./stand-in.js')).StandIns(this.#made);
    for (const { definition } of this.order)
      if ('useValue' in definition && isObject(definition.useValue)) retainForever(definition.useValue);
    for (const plan of this.order) if (isSingleton(plan)) this.#start(plan);
    // A race, because a factory may never finish.
    await Promise.race([this.#failing, Promise.all(this.#started.values())]);
    if (!this.#failure) {
      attempt(
        () => this.#standIns?.replaceAll(),
        (error) => this.#noteFailure(undefined, error),
      );
    }
    if (this.#failure) throw await this.#abandon(this.#failure, report);
    return { instances: this.#made, owned: this.#owned };
  }

  /** Starts nothing more, waits for nothing, and makes `run` reject with `error`. */
  abort(error: Error): void {
    this.#timeout = 0;
    this.#noteFailure(undefined, error);
  }

  #start(plan: ProviderPlan): void {
    if (this.#failure) return;
    const make = () => chain(this.#dependencies(plan), (values) => this.#make(plan, values));
    // The failure is noted already, and dependants check it before they continue.
    this.#started.set(
      plan,
      attempt(make, () => undefined),
    );
  }

  #dependencies(plan: ProviderPlan): MaybePromise<readonly unknown[]> {
    const { dependencies } = plan;
    const ready = gather(dependencies, ({ target, deferred }) =>
      target && !deferred ? this.#read(target) : undefined,
    );
    if (!dependencies.some(({ deferred }) => deferred)) return ready;
    // Stand-ins come last: awaiting one would read its `then`.
    return chain(ready, (values) =>
      dependencies.map(({ target, deferred, property }, index) =>
        deferred && target ? this.#standIns?.give({ dependant: plan, target, property }) : values[index],
      ),
    );
  }

  #read(target: ProviderPlan): unknown {
    if (!isSingleton(target)) return chain(this.#dependencies(target), (values) => this.#make(target, values));
    // A lazy module may depend on instances created earlier.
    return this.#started.has(target) ? this.#started.get(target) : this.existing.get(target);
  }

  #make(plan: ProviderPlan, values: readonly unknown[]): MaybePromise<unknown> {
    if (this.#failure) throw this.#failure.error;
    const make = instanceMaker(plan, this.builtIns);
    return attempt(
      () => chain(make(values, this.#owned), (instance) => this.#finish(plan, instance)),
      (error) => this.#fail(plan, error),
    );
  }

  #finish(plan: ProviderPlan, instance: unknown): unknown {
    if (isSingleton(plan)) this.#made.set(plan, instance);
    return instance;
  }

  #fail(plan: ProviderPlan, error: unknown): never {
    this.#noteFailure(plan, error);
    throw error;
  }

  #noteFailure(plan: ProviderPlan | undefined, error: unknown): void {
    this.#failure ??= { plan, error };
    this.#failed();
  }

  /** Disposes of what was created. Errors of disposals are dropped, because they would hide the cause. */
  async #abandon({ plan, error }: Failure, report: Report): Promise<Error> {
    this.#owned.leaveValues();
    await this.#owned.end(report, this.#timeout);
    return plan ? annotateError(error, creationChain(plan, this.order)) : (error as Error);
  }
}

const MAX_CHAIN_LENGTH = 8;

/** Describes what failed and for which dependants: `while creating A, needed by B, C in SomeModule`. */
function creationChain(failed: ProviderPlan, order: readonly ProviderPlan[]): string {
  const dependants = firstDependants(order);
  const needing = [failed];
  for (let next = dependants.get(failed); next && !needing.includes(next); next = dependants.get(next)) {
    if (needing.push(next) > MAX_CHAIN_LENGTH) break;
  }
  const [first, ...needy] = needing.map(nameOf);
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
