import { chain, isPromiseLike } from '../shared/promise.js';
import { Scope } from '../shared/scope.js';
import type { MaybePromise } from '../shared/types.js';
import { EventInstances, type EventScope } from './event-scope.js';
import { gather } from './gather.js';
import { instanceMaker } from './instance-maker.js';
import type { InstanceStore } from './instance-store.js';
import type { ProviderPlan } from './provider-plan.js';

/** Gives a provider's instance for one event. */
export type InstanceReader<S extends EventScope> = (scope: S) => MaybePromise<unknown>;

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
    return chain(gather(readers, (read) => read(scope)), (values) => make(values, holder));
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
    if (isPromiseLike(made)) made.then((instance) => shared.set(plan, instance), () => undefined);
    return made;
  };
}
