import type { Logger } from '../contracts/logger.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { createLogger } from '../logging/logger/create-logger.js';
import { setProcessLogger } from '../logging/logger/current-logger.js';
import { runAsApplication } from '../logging/logger/event-log.js';
import { ContainerBootstrap } from '../modules/instances/container-bootstrap.js';
import type { Container } from '../modules/instances/container.js';
import { AFTER_FAILURE, type Shutdown, SHUTDOWN_STEP_TIMEOUT } from '../modules/instances/shutdown.js';
import type { ModuleNode } from '../modules/plan/module-node.js';
import type { ModuleReference } from '../shared/module.js';
import { atMost } from '../shared/promise.js';
import { builtIns } from './built-ins.js';
import { describeModules } from './describe.js';
import { createEventDispatcher, type EventDispatcher } from './event-dispatcher.js';
import { type EventContext, eventDeadline } from './event/event-context.js';
import type { Invocation } from './lambda-runtime.js';
import { unlessStuck } from './lifetime/init-tasks.js';
import { globalClasses } from './method/enhancers.js';
import type { ApplicationConfig } from './options/config.js';

/** What is said to whoever comes too late. */
export const CLOSED = 'The application is closed';

/** One attempt to bring an application up. */
export class Bootstrap {
  readonly done: Promise<EventDispatcher>;
  failed = false;
  readonly #config: ApplicationConfig;
  #creation: ContainerBootstrap<EventContext> | undefined;
  #container: Container<EventContext> | undefined;
  #logger: Logger | undefined;
  readonly #attempt: Promise<EventDispatcher>;
  #giveUp: (error: Error) => void = () => undefined;
  readonly #givenUp = new Promise<never>((_, reject) => (this.#giveUp = reject));
  #closing: Promise<void> | undefined;

  constructor(root: ModuleReference, config: ApplicationConfig) {
    this.#config = config;
    this.#attempt = this.#run(root);
    // A start hook may never come to its end.
    this.done = Promise.race([this.#attempt, this.#givenUp]);
    this.done.catch(() => (this.failed = true));
  }

  /** Of what has been made, while it starts, while it runs and until it has ended. */
  get container(): Container<EventContext> | undefined {
    return this.#container;
  }

  /**
   * Ends the application, or the attempt to bring it up if that takes longer than a second: what was made by then is
   * disposed of.
   *
   * @throws The error of a hook or of a disposal; not that of a failed attempt, which is told to who waits for it.
   */
  close(ending: Shutdown): Promise<void> {
    return (this.#closing ??= this.#close(ending));
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
    return unlessStuck(
      work,
      () => new Error(`The application can never be ready, for the event loop is empty: ${this.#pending()}.`),
    );
  }

  async #run(root: ModuleReference): Promise<EventDispatcher> {
    const logger = await applicationLogger(this.#config);
    this.#logger = logger;
    return runAsApplication(logger, () => this.#build(root, logger));
  }

  async #build(root: ModuleReference, logger: Logger): Promise<EventDispatcher> {
    // Without those of lazy modules, whose routes stand under a prefix.
    let planned: readonly ModuleNode[] = [];
    this.#creation = new ContainerBootstrap(root, {
      builtIns: builtIns(logger, this.#config, () => describeModules(planned, this.#config)),
      overrides: this.#config.overrides,
      rootInjectables: globalClasses(this.#config.options),
      report: (error) => logger.error('Disposing of what came too late failed', { error }),
    });
    const container = await this.#creation.run();
    this.#container = container;
    planned = [...container.modules];
    try {
      const runtime = await createEventDispatcher(container, this.#config, logger);
      await container.init();
      return runtime;
    } catch (error) {
      // What went wrong comes first; an error of undoing it would hide it.
      await container.close(AFTER_FAILURE).catch(() => undefined);
      throw error;
    }
  }

  async #close(ending: Shutdown): Promise<void> {
    const attempt = this.#attempt.catch(() => undefined);
    await atMost(SHUTDOWN_STEP_TIMEOUT, attempt);
    const { failed } = this;
    this.#creation?.abort(new Error(CLOSED));
    if (!this.#container) await attempt;
    this.#giveUp(new Error(CLOSED));
    if (this.#logger && !failed) await runAsApplication(this.#logger, async () => this.#container?.close(ending));
  }

  #late(): Error {
    return new Error(`The application was not ready when the invocation's time was up: ${this.#pending()}.`);
  }

  #pending(): string {
    const pending = this.#creation?.pending() ?? [];
    return pending.length > 0
      ? `still creating ${pending.join(', ')}`
      : 'a start hook or an initialisation task is still running';
  }
}

/** The logger that the options ask for; lines outside of any event go to it from now on, too. */
export async function applicationLogger({ options, settings, wrapWriter }: ApplicationConfig): Promise<Logger> {
  const { accessLog } = options;
  const lambdaFields = typeof accessLog === 'object' && accessLog.lambdaFields;
  const defaults = { level: settings.LOG_LEVEL, lambdaFields: lambdaFields || undefined, wrapWriter };
  const logger = await createLogger(options.logger, defaults);
  setProcessLogger(logger);
  return logger;
}
