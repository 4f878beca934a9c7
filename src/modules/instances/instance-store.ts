// Before tsyringe, which refuses to load without reflect-metadata.
import '../../metadata/reflection.js';
import { container as globalContainer, type DependencyContainer } from 'tsyringe';
import type { ProviderPlan } from '../plan/provider-plan.js';

/**
 * A private tsyringe container that creates singletons and holds them under their plans' keys.
 *
 * It is never asked for a class or a token. So registrations on tsyringe's global container cannot replace a provider,
 * unregistered classes are not built as second copies, and nothing is registered globally.
 */
export class InstanceStore {
  readonly #container: DependencyContainer = globalContainer.createChildContainer();
  /** Mirrors what tsyringe holds: a tsyringe lookup takes ten times as long, and a start reads each instance thrice. */
  readonly #held = new Map<ProviderPlan, unknown>();
  #make: (() => unknown) | undefined;

  constructor() {
    this.#container.register(MADE, { useFactory: () => this.#make?.() });
  }

  /** Lets tsyringe call `make`. The result is held only once it is passed to {@link set}. */
  make(make: () => unknown): unknown {
    this.#make = make;
    return this.#container.resolve(MADE);
  }

  set(plan: ProviderPlan, instance: unknown): void {
    this.#container.register(plan.key, { useFactory: () => instance });
    this.#held.set(plan, instance);
  }

  get(plan: ProviderPlan): unknown {
    return this.#held.has(plan) ? this.#held.get(plan) : this.#container.resolve(plan.key);
  }
}

/** The key of what is being created: one registration for all saves one for each instance. */
const MADE = Symbol('made');
