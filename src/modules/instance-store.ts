// Before tsyringe, which refuses to be loaded without reflect-metadata.
import '../metadata/reflection.js';
import { type DependencyContainer, container as globalContainer } from 'tsyringe';
import type { ProviderPlan } from './provider-plan.js';

/**
 * A private tsyringe container that makes and holds singletons under their plans' keys.
 *
 * Nothing is ever looked up in it by class or token: so what is registered on tsyringe's global container is never
 * found in the place of a provider, no unregistered class is built as a second copy, and nothing is registered there.
 */
export class InstanceStore {
  readonly #container: DependencyContainer;
  /** What tsyringe holds: asking it takes ten times as long, and a start asks for every instance three times. */
  readonly #held = new Map<ProviderPlan, unknown>();

  constructor(parent = globalContainer) {
    this.#container = parent.createChildContainer();
  }

  /** A store that sees what this one holds; it can be dropped and leaves nothing behind. */
  fork(): InstanceStore {
    return new InstanceStore(this.#container);
  }

  /** Lets tsyringe call `make`, once; what it made stays until {@link hold} says otherwise. */
  make(plan: ProviderPlan, make: () => unknown): unknown {
    let made: { readonly instance: unknown } | undefined;
    this.#container.register(plan.key, { useFactory: () => (made ??= { instance: make() }).instance });
    return this.#container.resolve(plan.key);
  }

  hold(plan: ProviderPlan, instance: unknown): void {
    this.#container.register(plan.key, { useFactory: () => instance });
    this.#held.set(plan, instance);
  }

  get(plan: ProviderPlan): unknown {
    return this.#held.has(plan) ? this.#held.get(plan) : this.#container.resolve(plan.key);
  }
}
