import type { MaybePromise } from '../../shared/types.js';
import type { ModulesPlan } from '../provider-plan.js';
import { Container, type ContainerOptions, newLifecycle } from './container.js';
import type { EventScope } from './event-scope.js';
import { hasHooks } from './hooks.js';
import { SingletonCreation } from './singleton-creation.js';

/** One attempt to build an application's container. After a failure, the next attempt uses a new instance. */
export class ContainerBootstrap<S extends EventScope = EventScope> {
  #pending: () => string[] = () => ['the promised imports of modules'];
  #creation: SingletonCreation | undefined;
  #abort: (error: Error) => void = () => undefined;
  readonly #aborted = new Promise<never>((_, reject) => (this.#abort = reject));

  /** @param plan A promise, if modules are promised. */
  constructor(
    private readonly plan: MaybePromise<ModulesPlan>,
    private readonly options: ContainerOptions<S>,
  ) {
    this.#aborted.catch(() => undefined);
  }

  /** Names what the bootstrap still waits for, for the timeout's message. */
  pending(): readonly string[] {
    return this.#pending();
  }

  /**
   * Creates the singletons. `Container.init()` runs their start hooks.
   *
   * @throws The error of planning, before anything is created; or the error of a provider, with the names of the
   *   provider and its dependants added. What had been created has been disposed of.
   */
  async run(): Promise<Container<S>> {
    const { builtIns, report = () => undefined } = this.options;
    const plan = await Promise.race([this.plan, this.#aborted]);
    const creation = new SingletonCreation(plan.order, new Map(), builtIns);
    this.#creation = creation;
    this.#pending = () => creation.pending();
    const created = await creation.run(report);
    // Releases the creation, which would otherwise stay in memory as long as the application.
    this.#pending = () => [];
    this.#creation = undefined;
    const lifecycle = [...created.instances.values()].some(hasHooks) ? await newLifecycle() : undefined;
    return new Container<S>(plan, created, this.options, lifecycle);
  }

  /** Ends the attempt: `run` disposes of what was created and rejects with `error`. Has no effect after `run`. */
  abort(error: Error): void {
    this.#abort(error);
    this.#creation?.abort(error);
  }
}
