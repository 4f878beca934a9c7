import { isProxy } from 'node:util/types';
import { depthFirst } from '../../shared/depth-first.js';
import { membersOf } from '../../shared/members.js';
import { atMost } from '../../shared/promise.js';
import { isObject } from '../../shared/types.js';
import { type ProviderPlan, targetsOf } from '../provider-plan.js';
import { disposeAll, ownDisposer, type OwnedInstance, releaseOwner, retain, retainForever } from './disposal.js';
import { isStandIn } from './is-stand-in.js';
import { SHUTDOWN_STEP_TIMEOUT } from './shutdown-time.js';

/** Receives errors that no caller waits for any more. */
export type Report = (error: Error) => void;

/**
 * The instances that one lifetime (the application's or an event's) has created. Its end disposes of each once, in
 * reverse order of creation.
 *
 * Values, aliases and what a factory was given belong to someone else.
 */
export class OwnedInstances {
  // Lazily created: most events make nothing that needs disposal.
  #owned: OwnedInstance[] | undefined;
  #running: Map<Promise<unknown>, ProviderPlan> | undefined;
  #disposed: WeakSet<object> | undefined;
  #isOver = false;

  /** Whether the lifetime has ended, so that nothing more may be created in it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The providers whose factories are running. */
  get running(): ProviderPlan[] {
    return [...(this.#running?.values() ?? [])];
  }

  get isEmpty(): boolean {
    return (this.#owned?.length ?? 0) + (this.#running?.size ?? 0) === 0;
  }

  /** @param given The dependencies it was created from. */
  add(plan: ProviderPlan, instance: unknown, given: readonly unknown[]): void {
    const owned = ownedInstance(plan, instance, given);
    if (!owned) return;
    if (isObject(instance)) retain(instance);
    (this.#owned ??= []).push(owned);
  }

  /** Adds the instance once it is created; {@link end} waits for it until then. */
  await(plan: ProviderPlan, creating: PromiseLike<unknown>, given: readonly unknown[]): Promise<unknown> {
    // Calls `then` once: a lazy query runs again for every call.
    const created = Promise.resolve(creating).then((instance) => {
      this.add(plan, instance, given);
      return instance;
    });
    const running = (this.#running ??= new Map());
    running.set(created, plan);
    const settled = (): unknown => running.delete(created);
    // Handles the rejection: its dependant may have failed already and no longer wait.
    created.then(settled, settled);
    return created;
  }

  /** Takes over the instances of another lifetime, as created after all of these. */
  absorb(other: OwnedInstances): void {
    (this.#owned ??= []).push(...(other.#owned ?? []));
    other.#owned = undefined;
  }

  /** Leaves all instances to the caller that asked for them. */
  handOver(): void {
    for (const { instance } of this.#owned ?? []) if (isObject(instance)) releaseOwner(instance);
    this.#owned = undefined;
  }

  /** Gives up values: they were not created here, and the next bootstrap attempt uses them again. */
  leaveValues(): void {
    this.#owned = this.#owned?.filter(({ plan }) => !('useValue' in plan.definition));
  }

  /**
   * Ends the lifetime and disposes of its instances.
   *
   * Waits for running factories for a limited time. After that they keep what they depend on, and their instances are
   * disposed of in the background as soon as they are created.
   *
   * @param timeout Milliseconds to wait for running factories.
   * @param each Milliseconds for each disposal.
   * @returns The errors of disposals.
   */
  async end(report: Report, timeout = SHUTDOWN_STEP_TIMEOUT, each = SHUTDOWN_STEP_TIMEOUT): Promise<Error[]> {
    this.#isOver = true;
    if (this.#running?.size) await atMost(timeout, this.#settled());
    const errors = await this.#dispose(each);
    if (!this.isEmpty) void this.#endLate(report);
    return errors;
  }

  async #endLate(report: Report): Promise<void> {
    while (!this.isEmpty) {
      await this.#settled();
      (await this.#dispose(Infinity)).forEach(report);
    }
  }

  async #settled(): Promise<void> {
    while (this.#running?.size) await Promise.allSettled(this.#running.keys());
  }

  /** Disposes of everything that no running factory depends on. */
  #dispose(each: number): Promise<Error[]> {
    const inUse = new Set(depthFirst(this.running, targetsOf).order);
    const all = this.#owned ?? [];
    this.#owned = all.filter(({ plan }) => inUse.has(plan));
    return disposeAll(
      all.filter(({ plan }) => !inUse.has(plan)),
      (this.#disposed ??= new WeakSet()),
      each,
    );
  }
}

/** Returns an instance with its disposer; `undefined` when there is nothing to dispose of, or it is someone else's. */
function ownedInstance(plan: ProviderPlan, instance: unknown, given: readonly unknown[]): OwnedInstance | undefined {
  const { definition } = plan;
  if ('useExisting' in definition || 'builtIn' in definition) return undefined;
  if ('useValue' in definition && isObject(instance)) retainForever(instance);
  if (definition.dispose) return { plan, instance, isExplicit: true, dispose: () => definition.dispose?.(instance) };
  if ('useValue' in definition || !isObject(instance)) return undefined;
  const dispose = ownDisposer(plan, instance);
  // An instance of the class was constructed here; a constructor may also return another object.
  const isNew = 'useClass' in definition && instance instanceof definition.useClass;
  if (!dispose || (!isNew && isPartOf(instance, given))) return undefined;
  return { plan, instance, isExplicit: false, dispose };
}

/** Limits how many objects are examined, nearest first: factories may be given many, even during an event. */
const MAX_OBJECTS = 1000;

/**
 * Whether a factory's result is something it was given: the same object, an entry of a list, record, map or set at any
 * depth, a property of an object, or a view of one (`Object.create(given)`).
 *
 * When in doubt it is: a `Proxy`, which hides its target, and a result not found among too many objects to examine.
 * Leaving one's own instance undisposed wastes it; disposing of someone else's breaks others.
 *
 * What a pool hands out is not part of it: lists within class instances are not searched.
 */
function isPartOf(result: object, given: readonly unknown[]): boolean {
  if (isProxy(result)) return given.some(isObject);
  const containers = new Set<object>([given]);
  let examined = 0;
  for (const container of containers) {
    for (const entry of membersOf(container)) {
      if (entry === result) return true;
      if (typeof entry !== 'object' || entry === null || isStandIn(entry)) continue;
      if (++examined > MAX_OBJECTS) return true;
      if (Object.prototype.isPrototypeOf.call(entry, result)) return true;
      if (isPlain(container)) containers.add(entry);
    }
  }
  return false;
}

function isPlain(container: object): boolean {
  if (Array.isArray(container) || container instanceof Map || container instanceof Set) return true;
  const prototype: unknown = Object.getPrototypeOf(container);
  return prototype === null || !isObject(Object.getPrototypeOf(prototype as object));
}
