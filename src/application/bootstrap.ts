import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import { runAsApplication } from '../logging/application-log.js';
import type { ModuleReference } from '../shared/module.js';
import { ContainerBootstrap } from '../modules/container-bootstrap.js';
import type { ModuleNode } from '../modules/module-node.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { applicationLogger } from './application-logger.js';
import { builtIns } from './built-ins.js';
import type { ApplicationConfig } from './config.js';
import { describeModules } from './describe.js';
import { globalClasses } from './global-enhancers.js';
import type { EventContext } from './event-context.js';
import { createRuntime, type Runtime } from './runtime.js';
import { eventDeadline } from './event-deadline.js';
import { unlessStuck } from './unless-stuck.js';

/** What Lambda calls a handler with. */
export interface Invocation {
  readonly event: unknown;
  readonly context: LambdaContext;
}

/** One attempt to bring an application up. */
export class Bootstrap {
  readonly done: Promise<Runtime>;
  failed = false;
  readonly #config: ApplicationConfig;
  #container: ContainerBootstrap<EventContext> | undefined;

  constructor(root: ModuleReference, config: ApplicationConfig) {
    this.#config = config;
    this.done = this.#run(root);
    this.done.catch(() => (this.failed = true));
  }

  /**
   * Waits for `work` as long as the event can.
   *
   * @throws Error naming what is still being created; the bootstrap goes on.
   */
  async within<T>(work: Promise<T>, { event, context }: Invocation): Promise<T> {
    const deadline = eventDeadline(context, this.#config.time, detectHttpAdapter(event) !== undefined);
    try {
      return await deadline.race(work);
    } catch (error) {
      throw deadline.isOver ? this.#late() : error;
    }
  }

  /**
   * Waits for `work` where nobody says for how long.
   *
   * @throws Error naming what is still being created, when nothing is left that could end it.
   */
  unlessStuck<T>(work: Promise<T>): Promise<T> {
    return unlessStuck(work, () => new Error(`The application can never be ready, for the event loop is empty: ${this.#pending()}.`));
  }

  async #run(root: ModuleReference): Promise<Runtime> {
    const logger = await applicationLogger(this.#config);
    return runAsApplication(logger, () => this.#build(root, logger));
  }

  async #build(root: ModuleReference, logger: Logger): Promise<Runtime> {
    // Without those of lazy modules, whose routes stand under a prefix.
    let planned: readonly ModuleNode[] = [];
    this.#container = new ContainerBootstrap(root, {
      builtIns: builtIns(logger, this.#config, () => describeModules(planned, this.#config)),
      overrides: this.#config.overrides,
      rootInjectables: globalClasses(this.#config.options),
    });
    const container = await this.#container.run();
    planned = container.modules;
    try {
      const runtime = await createRuntime(container, this.#config, logger);
      await container.init();
      return runtime;
    } catch (error) {
      // What went wrong comes first; an error of undoing it would hide it.
      await container.close().catch(() => undefined);
      throw error;
    }
  }

  #late(): Error {
    return new Error(`The application was not ready when the invocation's time was up: ${this.#pending()}.`);
  }

  #pending(): string {
    const pending = this.#container?.pending() ?? [];
    return pending.length > 0 ? `still creating ${pending.join(', ')}` : 'a start hook or an initialisation task is still running';
  }
}
