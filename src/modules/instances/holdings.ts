import { isProxy } from 'node:util/types';
import { atMost } from '../../shared/promise.js';
import { isObject } from '../../shared/types.js';
import { depthFirst } from '../depth-first.js';
import { type ProviderPlan, targetsOf } from '../plan/provider-plan.js';
import { disposeAll, hold, keep, letGo, ownDisposer, type Owned } from './disposal.js';
import { PATIENCE } from './shutdown.js';
import { isStandIn } from './stand-in.js';

/** Told of what goes wrong when nobody waits any more. */
export type Report = (error: Error) => void;

/**
 * What one lifetime has made: the application's, an event's. Its end disposes of that, each once, the last that was
 * made first.
 *
 * An instance is its maker's. What a factory was given, a value, and what another name stands for are somebody else's.
 */
export class Holdings {
  // Most events make nothing that has to be disposed of.
  #owned: Owned[] | undefined;
  #running: Map<Promise<unknown>, ProviderPlan> | undefined;
  #ended: WeakSet<object> | undefined;
  #isOver = false;

  /** Nothing is made here any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whose factories are running. */
  get running(): ProviderPlan[] {
    return [...(this.#running?.values() ?? [])];
  }

  get isEmpty(): boolean {
    return (this.#owned?.length ?? 0) + (this.#running?.size ?? 0) === 0;
  }

  /** @param given What it was made of. */
  take(plan: ProviderPlan, instance: unknown, given: readonly unknown[]): void {
    const one = owned(plan, instance, given);
    if (!one) return;
    if (isObject(instance)) hold(instance);
    (this.#owned ??= []).push(one);
  }

  /** Takes it when it is made, and has it waited for until then. */
  await(plan: ProviderPlan, making: PromiseLike<unknown>, given: readonly unknown[]): Promise<unknown> {
    // Asked for `then` once: a query does its work again for each.
    const made = Promise.resolve(making).then((instance) => {
      this.take(plan, instance, given);
      return instance;
    });
    const running = (this.#running ??= new Map());
    running.set(made, plan);
    const settled = (): unknown => running.delete(made);
    // It may be that nobody waits for it: what asked for it has failed by something else.
    made.then(settled, settled);
    return made;
  }

  /** Takes over what another has, as made later than everything here. */
  absorb(other: Holdings): void {
    (this.#owned ??= []).push(...(other.#owned ?? []));
    other.#owned = undefined;
  }

  /** Leaves everything to whoever has asked for it. */
  handOver(): void {
    for (const { instance } of this.#owned ?? []) if (isObject(instance)) letGo(instance);
    this.#owned = undefined;
  }

  /** Values were not made here: who tries again will want them again. */
  leaveValues(): void {
    this.#owned = this.#owned?.filter(({ plan }) => !('useValue' in plan.definition));
  }

  /**
   * Disposes of everything; what is still being made is waited for, though not for long.
   *
   * Then it goes on without the caller: what is being made keeps what it needs, and is disposed of as soon as it is
   * there.
   *
   * @param patience Milliseconds for what is being made.
   * @param each Milliseconds for each disposal.
   * @returns What went wrong.
   */
  async end(report: Report, patience = PATIENCE, each = PATIENCE): Promise<Error[]> {
    this.#isOver = true;
    if (this.#running?.size) await atMost(patience, this.#settled());
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

  #dispose(each: number): Promise<Error[]> {
    const inUse = new Set(depthFirst(this.running, targetsOf).order);
    const all = this.#owned ?? [];
    this.#owned = all.filter(({ plan }) => inUse.has(plan));
    return disposeAll(
      all.filter(({ plan }) => !inUse.has(plan)),
      (this.#ended ??= new WeakSet()),
      each,
    );
  }
}

function owned(plan: ProviderPlan, instance: unknown, given: readonly unknown[]): Owned | undefined {
  const { definition } = plan;
  if ('useExisting' in definition || 'read' in definition) return undefined;
  if ('useValue' in definition && isObject(instance)) keep(instance);
  if (definition.dispose) return { plan, instance, asked: true, dispose: () => definition.dispose?.(instance) };
  if ('useValue' in definition || !isObject(instance)) return undefined;
  const own = ownDisposer(definition, instance);
  // What is of the class was constructed here; a constructor may return something else.
  const isNew = 'useClass' in definition && instance instanceof definition.useClass;
  if (!own || (!isNew && isPartOf(instance, given))) return undefined;
  return { plan, instance, asked: false, dispose: own };
}

/**
 * Objects that are looked at, the nearest first: there may be much in what a factory is given, and events make
 * instances, too.
 */
const MAX_OBJECTS = 1000;

/**
 * Whether a factory's result is something that it was given: itself, an entry of a list, a record, a map or a set at
 * any depth, a property of an object, or a view of one (`Object.create(given)`). So is what can't be told: a `Proxy`,
 * which does not show what it stands before, and what was not found where there is too much to look at. To leave alone
 * what is one's own wastes it; to end what is not breaks others.
 *
 * What a pool hands out is not: lists within objects of a class are their own business.
 */
function isPartOf(result: object, given: readonly unknown[]): boolean {
  if (isProxy(result)) return given.some(isObject);
  const containers = new Set<object>([given]);
  let looked = 0;
  for (const container of containers) {
    for (const entry of entriesOf(container)) {
      if (entry === result) return true;
      if (typeof entry !== 'object' || entry === null || isStandIn(entry)) continue;
      if (++looked > MAX_OBJECTS) return true;
      if (Object.prototype.isPrototypeOf.call(entry, result)) return true;
      if (isPlain(container)) containers.add(entry);
    }
  }
  return false;
}

function entriesOf(container: object): Iterable<unknown> {
  if (Array.isArray(container) || container instanceof Set) return container;
  if (container instanceof Map) return container.values();
  // No getters: they may do anything.
  return Object.values(Object.getOwnPropertyDescriptors(container)).map(({ value }) => value as unknown);
}

function isPlain(container: object): boolean {
  if (Array.isArray(container) || container instanceof Map || container instanceof Set) return true;
  const prototype: unknown = Object.getPrototypeOf(container);
  return prototype === null || !isObject(Object.getPrototypeOf(prototype as object));
}
