import { chain, isPromiseLike } from '../../shared/promise.js';
import { Scope } from '../../shared/provider.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import type { ProviderPlan } from '../plan/provider-plan.js';
import { throwCollected } from './disposal.js';
import { Holdings, type Report } from './holdings.js';
import { gather, instanceMaker } from './instance-maker.js';
import type { InstanceStore } from './instance-store.js';

/** What one event (one record, in batches) keeps its request-scoped instances in. */
export interface EventScope {
  /** Made when the first of them is: an event that needs none allocates nothing. */
  scoped: EventInstances | undefined;
}

/** The instances of one event: those that are shared in it by provider, and all that end with it. */
export class EventInstances extends Holdings {
  /** By plan, an instance or the promise of one. */
  readonly shared = new Map<object, unknown>();
}

/** How to come by a provider's instance: it is there already, or an event's scope is asked for it. */
export type Provided<T = unknown, S extends EventScope = EventScope> = Declared &
  ({ readonly instance: T; readonly resolve?: undefined } | { resolve(scope: S): MaybePromise<T> });

interface Declared {
  /** The class that the provider was declared by, whatever took its place; a factory under another token has none. */
  readonly type?: Constructor | undefined;
}

/** The instance for this event; costs nothing for a singleton. */
export function provide<T, S extends EventScope>(provided: Provided<T, S>, scope: S): MaybePromise<T> {
  return provided.resolve === undefined ? provided.instance : provided.resolve(scope);
}

/**
 * Disposes of what was made for one event, the last first; costs nothing where there is nothing to dispose of.
 *
 * @param report Told of what goes wrong with what was still being made.
 * @param patience Milliseconds to wait for that.
 * @throws The error of a disposal, after all of them were tried; an AggregateError of several.
 */
export function releaseScope({ scoped }: EventScope, report: Report, patience?: number): MaybePromise<void> {
  if (scoped === undefined || scoped.isOver || scoped.isEmpty) return;
  // The event's own time is the limit.
  return release(scoped.end(report, patience, Infinity));
}

async function release(ended: Promise<Error[]>): Promise<void> {
  throwCollected(await ended, 'releasing what was made for an event');
}

/** Gives a provider's instance for one event. */
type InstanceReader<S extends EventScope> = (scope: S) => MaybePromise<unknown>;

/** Compiles each provider into one closure, so that an event reads neither metadata nor plans. */
export class InstanceReaders<S extends EventScope> {
  readonly #compiled = new Map<ProviderPlan, InstanceReader<S>>();

  constructor(private readonly store: InstanceStore) {}

  of(plan: ProviderPlan): InstanceReader<S> {
    let reader = this.#compiled.get(plan);
    if (!reader) this.#compiled.set(plan, (reader = this.#compile(plan)));
    return reader;
  }

  #compile(plan: ProviderPlan): InstanceReader<S> {
    const { definition, scope, dependencies } = plan;
    if (scope === Scope.DEFAULT) {
      const instance = this.store.get(plan);
      return () => instance;
    }
    // Built-ins are typed by the application that reads them.
    if ('read' in definition) return definition.read as InstanceReader<S>;
    const readers = dependencies.map(({ target }) => (target ? this.of(target) : () => undefined));
    if ('useExisting' in definition && readers[0]) return readers[0];
    const create = creator(plan, readers);
    return scope === Scope.REQUEST ? onceAnEvent(plan, create) : create;
  }
}

function creator<S extends EventScope>(plan: ProviderPlan, readers: readonly InstanceReader<S>[]): InstanceReader<S> {
  const make = instanceMaker(plan);
  return (scope) => {
    const holder = (scope.scoped ??= new EventInstances());
    return chain(
      gather(readers, (read) => read(scope)),
      (values) => make(values, holder),
    );
  };
}

function onceAnEvent<S extends EventScope>(plan: ProviderPlan, create: InstanceReader<S>): InstanceReader<S> {
  return (scope) => {
    const { shared } = (scope.scoped ??= new EventInstances());
    const known = shared.get(plan);
    if (known !== undefined || shared.has(plan)) return known;
    const made = create(scope);
    shared.set(plan, made);
    // Who asks meanwhile waits for the same promise; who asks later is given the instance at once.
    if (isPromiseLike(made))
      made.then(
        (instance) => shared.set(plan, instance),
        () => undefined,
      );
    return made;
  };
}
