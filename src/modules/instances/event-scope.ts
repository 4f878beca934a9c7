import { chain, isPromiseLike } from '../../shared/promise.js';
import { Scope } from '../../shared/provider.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import type { BuiltIns, Instances, ProviderPlan } from '../provider-plan.js';
import { throwCollected } from './disposal.js';
import { gather, type InstanceMaker, instanceMaker } from './instance-maker.js';
import { OwnedInstances, type Report } from './owned-instances.js';

/** Holds the request-scoped instances of one event, or of one record in batches. */
export interface EventScope {
  /** Created with the first instance: an event that needs none allocates nothing. */
  scoped: EventInstances | undefined;
}

/** The instances of one event: the shared ones by provider, and all that end with it. */
export class EventInstances extends OwnedInstances {
  /** By plan, an instance or the promise of one. */
  readonly shared = new Map<object, unknown>();
}

/** The source of a provider's instance: it exists already, or is resolved for an event's scope. */
export type Provided<T = unknown, S extends EventScope = EventScope> = Declared &
  ({ readonly instance: T; readonly resolve?: undefined } | { resolve(scope: S): MaybePromise<T> });

interface Declared {
  /** The class that declared the provider, even if overridden; factories under other tokens have none. */
  readonly type?: Constructor | undefined;
}

/** Returns the instance for this event; costs nothing for a singleton. */
export function provide<T, S extends EventScope>(provided: Provided<T, S>, scope: S): MaybePromise<T> {
  return provided.resolve === undefined ? provided.instance : provided.resolve(scope);
}

/** Compiles a call with an event's instance. That of a singleton is known before, and costs no check and no closure. */
export function withInstance<T, S extends EventScope, C extends S>(
  provided: Provided<T, S>,
  call: (instance: T, context: C) => unknown,
): (context: C) => unknown {
  if (provided.resolve === undefined) return (context) => call(provided.instance, context);
  return (context) => chain(provided.resolve(context), (instance) => call(instance, context));
}

/**
 * Disposes of an event's instances in reverse order of creation; costs nothing when there are none.
 *
 * @param report Receives the errors of instances that were still being created.
 * @param timeout Milliseconds to wait for those.
 * @throws The error of a disposal, after all of them were tried; an AggregateError for several.
 */
export function releaseScope({ scoped }: EventScope, report: Report, timeout?: number): MaybePromise<void> {
  if (scoped === undefined || scoped.isOver || scoped.isEmpty) return;
  // Disposals have no timeout of their own: the event's deadline applies.
  return scoped.end(report, timeout, Infinity).then(throwDisposalErrors);
}

function throwDisposalErrors(errors: readonly Error[]): void {
  throwCollected(errors, 'disposing of the instances of an event');
}

/** Gives a provider's instance for one event. */
type InstanceReader<S extends EventScope> = (scope: S) => MaybePromise<unknown>;

/** Compiles each provider into one closure, so that an event reads neither metadata nor plans. */
export class InstanceReaders<S extends EventScope> {
  readonly #compiled = new Map<ProviderPlan, InstanceReader<S>>();

  constructor(
    private readonly instances: Instances,
    private readonly builtIns: BuiltIns<S>,
  ) {}

  of(plan: ProviderPlan): InstanceReader<S> {
    let reader = this.#compiled.get(plan);
    if (!reader) this.#compiled.set(plan, (reader = this.#compile(plan)));
    return reader;
  }

  #compile(plan: ProviderPlan): InstanceReader<S> {
    const { definition, scope, dependencies } = plan;
    if (scope === Scope.DEFAULT) {
      const instance = this.instances.get(plan);
      return () => instance;
    }
    if ('builtIn' in definition) return this.builtIns[definition.builtIn] as InstanceReader<S>;
    const readers = dependencies.map(({ target }) => (target ? this.of(target) : () => undefined));
    if ('useExisting' in definition && readers[0]) return readers[0];
    const create = creator(instanceMaker(plan, this.builtIns), readers);
    return scope === Scope.REQUEST ? oncePerEvent(plan, create) : create;
  }
}

function creator<S extends EventScope>(make: InstanceMaker, readers: readonly InstanceReader<S>[]): InstanceReader<S> {
  return (scope) => {
    const owner = (scope.scoped ??= new EventInstances());
    return chain(
      gather(readers, (read) => read(scope)),
      (values) => make(values, owner),
    );
  };
}

function oncePerEvent<S extends EventScope>(plan: ProviderPlan, create: InstanceReader<S>): InstanceReader<S> {
  return (scope) => {
    const { shared } = (scope.scoped ??= new EventInstances());
    const known = shared.get(plan);
    if (known !== undefined || shared.has(plan)) return known;
    const made = create(scope);
    shared.set(plan, made);
    // Concurrent readers share the promise; later ones get the instance without one.
    if (isPromiseLike(made))
      made.then(
        (instance) => shared.set(plan, instance),
        () => undefined,
      );
    return made;
  };
}
