import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import { createLogger } from '../logging/logger/create-logger.js';
import { setProcessLogger } from '../logging/logger/current-logger.js';
import { runAsApplication } from '../logging/logger/event-fields.js';
import { isLambdaFormatJson } from '../logging/writers/line-fields.js';
import { ContainerBootstrap } from '../modules/instances/container-bootstrap.js';
import type { Container } from '../modules/instances/container.js';
import { AFTER_FAILURE, type Shutdown, SHUTDOWN_STEP_TIMEOUT } from '../modules/instances/shutdown-time.js';
import type { ModuleReference } from '../shared/module.js';
import { atMost } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { ApplicationPlan } from './application-plan.js';
import { builtIns } from './built-ins.js';
import { createEventDispatcher, type EventDispatcher } from './event-dispatcher.js';
import type { EventContext } from './event/event-context.js';
import { eventDeadline } from './event/event-deadline.js';
import { unlessStuck } from './lifetime/init-tasks.js';
import type { ApplicationConfig } from './options/application-config.js';
import { checkConfiguredOptions, planApplication } from './planner.js';

/** The error message for a call after the application has closed. */
export const CLOSED = 'The application is closed';

/** An event that waits for the bootstrap. */
export interface WaitingEvent {
  readonly context: LambdaContext;
  /** Whether it is a request, for which a gateway waits. */
  readonly hasGateway: boolean;
}

/** One attempt to bootstrap an application. */
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

  constructor(root: ModuleReference, config: ApplicationConfig, logger: () => MaybePromise<Logger>) {
    this.#config = config;
    this.#attempt = this.#run(root, logger);
    // A lifecycle hook may never settle.
    this.done = Promise.race([this.#attempt, this.#givenUp]);
    this.done.catch(() => (this.failed = true));
  }

  /** The container, from when its instances exist until it has closed. */
  get container(): Container<EventContext> | undefined {
    return this.#container;
  }

  /**
   * Waits for `work` for as long as the event has time.
   *
   * @throws Error naming what is still being created; the bootstrap continues.
   */
  async within<T>(work: Promise<T>, { context, hasGateway }: WaitingEvent): Promise<T> {
    const deadline = eventDeadline(context, this.#config.time, hasGateway);
    try {
      return await deadline.race(work);
    } catch (error) {
      throw deadline.isOver ? this.#late() : error;
    }
  }

  /**
   * Waits for `work` without a time limit.
   *
   * @throws Error naming what is still being created, once the event loop holds nothing that could finish it.
   */
  unlessStuck<T>(work: Promise<T>): Promise<T> {
    return unlessStuck(
      work,
      () => new Error(`The application cannot become ready, because the event loop is empty: ${this.#pending()}.`),
    );
  }

  /**
   * Closes the container. An attempt that takes longer than another second is given up, and what it has made so far is
   * disposed of.
   *
   * @throws The error of a hook or of a disposal. The error of a failed attempt goes to the caller who waits for it.
   */
  close(ending: Shutdown): Promise<void> {
    return (this.#closing ??= this.#close(ending));
  }

  async #run(root: ModuleReference, given: () => MaybePromise<Logger>): Promise<EventDispatcher> {
    const logger = await given();
    this.#logger = logger;
    return runAsApplication(logger, () => this.#build(root, logger));
  }

  async #build(root: ModuleReference, logger: Logger): Promise<EventDispatcher> {
    const planning = planApplication(root, this.#config);
    let plan: ApplicationPlan | undefined;
    const modules = planning.then((planned) => (plan = planned).modules);
    this.#creation = new ContainerBootstrap(modules, {
      builtIns: builtIns(
        logger,
        this.#config,
        () => plan!.describe!(),
        () => this.#container,
      ),
      report: (error) => logger.error('Disposing of an instance that was created too late failed', { error }),
    });
    const container = await this.#creation.run();
    this.#container = container;
    try {
      const config = await this.#configured(container);
      const dispatcher = await createEventDispatcher(await planning, container, config, logger);
      await container.init();
      return dispatcher;
    } catch (error) {
      // An error of closing would hide the one that matters.
      await container.close(AFTER_FAILURE).catch(() => undefined);
      throw error;
    }
  }

  /** Loads what only applications with the option need. */
  async #configured(container: Container<EventContext>): Promise<ApplicationConfig> {
    if (!this.#config.options.configure) return this.#config;
    const { applyConfigure } = await import('./options/apply-configure.js');
    return applyConfigure(this.#config, container, checkConfiguredOptions);
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
      : 'a lifecycle hook or an initialisation task is still running';
  }
}

/** Returns the logger that the options ask for, and makes it the logger of lines outside of any event. */
export async function applicationLogger({ options, settings, wrapWriter }: ApplicationConfig): Promise<Logger> {
  const { accessLog } = options;
  const asked = typeof accessLog === 'object' ? accessLog.lambdaFields : undefined;
  const defaults = { level: settings.LOG_LEVEL, lambdaFields: asked ?? isLambdaFormatJson(), wrapWriter };
  const logger = await createLogger(options.logger, defaults);
  setProcessLogger(logger);
  return logger;
}
