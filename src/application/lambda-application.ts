import type { CloudFormationCustomResourceEvent, Context as LambdaContext } from 'aws-lambda';
import type { ApplicationDescription } from '../contracts/application-description.js';
import { isCustomResource } from '../events/custom-resource/is-custom-resource.js';
import { detectHttpSource, type HttpSource } from '../events/detection/detect-http-source.js';
import { mayShowErrors } from '../events/detection/may-show-errors.js';
import { type Shutdown, SHUTDOWN_STEP_TIMEOUT, shutdownBy, withinTimeout } from '../modules/instances/shutdown-time.js';
import { brand } from '../shared/brand.js';
import type { ModuleReference } from '../shared/module.js';
import { onDemand } from '../shared/on-demand.js';
import { isPromiseLike, promised } from '../shared/promise.js';
import type { Token } from '../shared/token.js';
import type { MaybePromise } from '../shared/types.js';
import { type ApplicationState, FAILED, openContainer } from './application-state.js';
import { applicationLogger, Bootstrap, CLOSED, type WaitingEvent } from './bootstrap.js';
import { describedBy } from './described-handler.js';
import type { EventDispatcher } from './event-dispatcher.js';
import { prepareContext } from './event/event-context.js';
import type { SendResponse } from './http/http-context.js';
import { sendBuffered } from './http/send-response.js';
import { awsLambda, type StreamingHandler } from './lambda-runtime.js';
import { functionGiven, InitTasks } from './lifetime/init-tasks.js';
import { closeOnTermination, disposerOf, ExitStack, forgetTermination, RunningEvents } from './lifetime/shutdown.js';
import { type ApplicationConfig, resolveConfig, type TestSetup } from './options/application-config.js';
import { type ApplicationOptions, type Configure, givenOptions } from './options/application-options.js';
import { checkApplicationOptions, describeApplication } from './planner.js';

/** A Lambda handler: takes any event and gives the result that its source expects. */
export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<unknown>;

/**
 * An application of modules, behind one Lambda handler.
 *
 * `export const { handler } = LambdaApplication.create(AppModule)`
 */
export class LambdaApplication {
  /**
   * Starts the bootstrap at once and returns the application, not a promise.
   *
   * @throws BootstrapError for a bad option or setting. An error of the bootstrap itself goes to `ready()` and to the
   *   invocation that waits for it; the next one tries again.
   */
  static create(root: ModuleReference, options: ApplicationOptions | Configure = {}): LambdaApplication {
    return LambdaApplication.createWith(root, options, {});
  }

  /** Like `create`, with the replacements of the test kit. @internal */
  static createWith(root: ModuleReference, given: ApplicationOptions | Configure, setup: TestSetup): LambdaApplication {
    const options = givenOptions(given);
    checkApplicationOptions(options);
    return new LambdaApplication(root, resolveConfig(options, setup));
  }

  /**
   * Returns the routes, the consumers and the module graph from metadata alone, and constructs nothing. Nothing of lazy
   * modules and of promised imports is in it.
   *
   * @throws BootstrapError for every error that metadata shows.
   */
  static describe(root: ModuleReference, given: ApplicationOptions | Configure = {}): ApplicationDescription {
    const options = givenOptions(given);
    checkApplicationOptions(options);
    return describeApplication(root, resolveConfig(options));
  }

  /** Bound, so that you can export it alone. Not `async`, and with two parameters: Lambda checks both. */
  readonly handler: LambdaHandler = describedBy(
    (event: unknown, context: LambdaContext) => {
      try {
        return Promise.resolve(this.#dispatch(event, prepareContext(context), sendBuffered));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
    () => this.#describe(),
  );

  readonly #root: ModuleReference;
  readonly #config: ApplicationConfig;
  readonly #exits = new ExitStack();
  readonly #tasks = new InitTasks();
  readonly #events = new RunningEvents();
  /** One for all attempts to bootstrap, and for what fails before or without one. */
  readonly #logger = onDemand(() => applicationLogger(this.#config));
  #state: ApplicationState = FAILED;

  private constructor(root: ModuleReference, config: ApplicationConfig) {
    this.#root = root;
    this.#config = config;
    this.#start();
  }

  /**
   * The handler for response streaming; the ordinary handler where the runtime has no streaming.
   *
   * `export const handler = LambdaApplication.create(AppModule).streamingHandler`
   */
  get streamingHandler(): LambdaHandler | StreamingHandler {
    const runtime = awsLambda();
    if (typeof runtime?.streamifyResponse !== 'function') return this.handler;
    // Imported only by functions that stream, and now rather than by the first event.
    const streaming = import('./stream-event.js');
    const handler = runtime.streamifyResponse(async (event, stream, context) => {
      const { streamEvent } = await streaming;
      const prepared = prepareContext(context);
      const dispatch = (send: SendResponse): MaybePromise<unknown> => this.#dispatch(event, prepared, send);
      await this.#events.track(streamEvent(dispatch, stream, prepared));
    });
    return describedBy(handler, () => this.#describe());
  }

  /**
   * Resolves to the application once it is bootstrapped, so that an ES module bootstraps in Lambda's init phase:
   * `export const { handler } = await LambdaApplication.create(AppModule).ready()`.
   */
  async ready(): Promise<this> {
    await this.#bootstrapped();
    return this;
  }

  /**
   * Returns the single instance of a provider.
   *
   * @throws Error before the application is bootstrapped, and for a provider that has no single instance.
   */
  get<T>(token: Token<T>): T {
    const state = this.#state;
    if (state.phase === 'closing') return openContainer(state).get(token);
    if (state.phase === 'running') return state.dispatcher.container.get(token);
    throw new Error('The application is not bootstrapped yet: await app.ready() before app.get()');
  }

  /**
   * Resolves to a new instance of a transient provider, to a request-scoped one in a scope of its own, or to the single
   * instance of any other provider. Instances made for you are yours to dispose of.
   */
  async resolve<T>(token: Token<T>): Promise<T> {
    const state = this.#state;
    const container = state.phase === 'closing' ? openContainer(state) : (await this.#bootstrapped()).container;
    return container.resolve(token);
  }

  /** Runs an async task now, in Lambda's init phase; the first event waits for it. */
  runAsync<T>(task: () => Promise<T>): Promise<T> {
    return this.#initialise(functionGiven('runAsync', task));
  }

  /**
   * Opens a resource now and closes it with the application, in reverse order of opening; the first event waits for it.
   *
   * @param close Optional for a disposable (`Symbol.asyncDispose`, `Symbol.dispose`).
   */
  enterAsyncContext<T>(open: () => MaybePromise<T>, close?: (resource: T) => unknown): Promise<T> {
    const enter = functionGiven('enterAsyncContext', open);
    const given = close && functionGiven('enterAsyncContext', close);
    return this.#initialise(async () => {
      const resource = await enter();
      const dispose = given ?? disposerOf(resource);
      if (!(await this.#exits.push((timeout) => withinTimeout(timeout, dispose(resource))))) throw new Error(CLOSED);
      closeOnTermination(this);
      return resource;
    });
  }

  /**
   * Runs the shutdown hooks, disposes of providers and closes resources, each in reverse order and once.
   *
   * Waits for running events and unfinished initialisation, for a second at most. `get` and `resolve` work until the
   * last hook has run.
   */
  close(signal?: string): Promise<void> {
    const state = this.#state;
    if (state.phase === 'closing') return state.closed;
    const { bootstrap } = state;
    const ending = shutdownBy(signal);
    // A bootstrap that is still running is of no use any more.
    if (state.phase !== 'running') void bootstrap?.close(ending).catch(() => undefined);
    const closed = this.#close(bootstrap, ending).finally(() => {
      forgetTermination(this);
      this.#state = { phase: 'closing', bootstrap: undefined, closed };
    });
    this.#state = { phase: 'closing', bootstrap, closed };
    return closed;
  }

  /** Lets `await using app = …` close the application. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #dispatch(event: unknown, context: LambdaContext, send: SendResponse): MaybePromise<unknown> {
    const source = detectHttpSource(event);
    if (source) return this.#take(event, context, send, source);
    if (isCustomResource(event)) return this.#events.track(this.#runCustomResource(event, context, send));
    if (this.#config.options.unhandledErrors === 'respond' && mayShowErrors(event))
      return this.#hideErrors(event, context, send);
    return this.#take(event, context, send, undefined);
  }

  /** Dispatches an event, at once where nothing has to be waited for. */
  #take(
    event: unknown,
    context: LambdaContext,
    send: SendResponse,
    source: HttpSource | undefined,
  ): MaybePromise<unknown> {
    const state = this.#state;
    if (state.phase !== 'running' || !this.#tasks.isDone || isPromiseLike(source))
      return this.#events.track(this.#takeLater(event, context, send, source));
    const result = state.dispatcher.dispatch(event, context, send, source);
    // An event that never waits is over before it could be counted.
    return isPromiseLike(result) ? this.#events.track(result) : result;
  }

  /** Dispatches an event once the application is bootstrapped, and the adapter of its source loaded. */
  async #takeLater(
    event: unknown,
    context: LambdaContext,
    send: SendResponse,
    source: HttpSource | undefined,
  ): Promise<unknown> {
    const { dispatch } = await this.#bootstrapped({ context, hasGateway: source !== undefined });
    return dispatch(event, context, send, await source);
  }

  /** Runs outside of everything: CloudFormation needs a response even if the bootstrap or a middleware fails. */
  async #runCustomResource(
    event: CloudFormationCustomResourceEvent,
    invocation: LambdaContext,
    send: SendResponse,
  ): Promise<unknown> {
    const { runCustomResource } = await import('./event/run-custom-resource.js');
    const run = (context: LambdaContext): Promise<unknown> =>
      promised(() => this.#take(event, context, send, undefined));
    return runCustomResource(event, invocation, { run, logger: this.#logger });
  }

  async #hideErrors(event: unknown, context: LambdaContext, send: SendResponse): Promise<unknown> {
    const { hideErrors } = await import('./event/hide-errors.js');
    return hideErrors(event, () => this.#take(event, context, send, undefined), this.#logger);
  }

  #describe(): ApplicationDescription {
    return describeApplication(this.#root, this.#config);
  }

  #initialise<T>(run: () => Promise<T>): Promise<T> {
    return this.#state.phase === 'closing' ? Promise.reject(new Error(CLOSED)) : this.#tasks.add(run);
  }

  #start(): Bootstrap {
    const bootstrap = new Bootstrap(this.#root, this.#config, this.#logger);
    this.#state = { phase: 'starting', bootstrap };
    // From the first provider on there may be instances to dispose of.
    closeOnTermination(this);
    bootstrap.done.then(
      (dispatcher) => {
        if (this.#state.phase !== 'closing') this.#state = { phase: 'running', bootstrap, dispatcher };
      },
      // The error itself goes to the next caller, who may not be waiting yet.
      () => {
        if (this.#exits.isEmpty) forgetTermination(this);
      },
    );
    return bootstrap;
  }

  /** Waits for the bootstrap and the init tasks. The error of a failed bootstrap is thrown once and then forgotten. */
  async #bootstrapped(event?: WaitingEvent): Promise<EventDispatcher> {
    if (this.#state.phase === 'closing') throw new Error(CLOSED);
    const bootstrap = this.#state.bootstrap ?? this.#start();
    try {
      const work = Promise.all([bootstrap.done, this.#tasks.finish()]).then(([dispatcher]) => dispatcher);
      return await (event ? bootstrap.within(work, event) : bootstrap.unlessStuck(work));
    } catch (error) {
      const { phase, bootstrap: current } = this.#state;
      if (phase === 'starting' && current === bootstrap && bootstrap.failed) this.#state = FAILED;
      throw error;
    }
  }

  async #close(bootstrap: Bootstrap | undefined, ending: Shutdown): Promise<void> {
    await Promise.all([this.#events.settled(SHUTDOWN_STEP_TIMEOUT), this.#tasks.settled(SHUTDOWN_STEP_TIMEOUT)]);
    // Pushed last, the container is closed first: resources that were opened outside may serve it until then.
    void this.#exits.push(() => bootstrap?.close(ending));
    await this.#exits.unwind(ending.timeout);
  }
}
brand(LambdaApplication, 'LambdaApplication');
