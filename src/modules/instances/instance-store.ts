// Before tsyringe, which refuses to be loaded without reflect-metadata.
import '../../metadata/reflection.js';
import { container as globalContainer, type DependencyContainer } from 'tsyringe';
import type { ProviderPlan } from '../plan/provider-plan.js';

/**
 * A private tsyringe container that makes and holds singletons under their plans' keys.
 *
 * Nothing is ever looked up in it by class or token: so what is registered on tsyringe's global container is never
 * found in the place of a provider, no unregistered class is built as a second copy, and nothing is registered there.
 */
export class InstanceStore {
  readonly #container: DependencyContainer = globalContainer.createChildContainer();
  /** What tsyringe holds: asking it takes ten times as long, and a start asks for every instance three times. */
  readonly #held = new Map<ProviderPlan, unknown>();
  #make: (() => unknown) | undefined;

  constructor() {
    this.#container.register(MADE, { useFactory: () => this.#make?.() });
  }

  /** Lets tsyringe call `make`; what it makes is held when {@link hold} says so. */
  make(make: () => unknown): unknown {
    this.#make = make;
    return this.#container.resolve(MADE);
  }

  hold(plan: ProviderPlan, instance: unknown): void {
    this.#container.register(plan.key, { useFactory: () => instance });
    this.#held.set(plan, instance);
  }

  get(plan: ProviderPlan): unknown {
    return this.#held.has(plan) ? this.#held.get(plan) : this.#container.resolve(plan.key);
  }
}

/** What is made at this moment; a maker each would be one registration more for every instance. */
const MADE = Symbol('made');
