import type { CloudFormationCustomResourceEvent, Context as LambdaContext } from 'aws-lambda';
import type { ApplicationDescription } from '../contracts/application-description.js';
import type { Logger } from '../contracts/logger.js';
import { describeValue } from '../errors/describe-value.js';
import { isCustomResource } from '../events/custom-resource/is-custom-resource.js';
import { mayShowErrors } from '../events/may-show-errors.js';
import type { Container } from '../modules/instances/container.js';
import { SHUTDOWN_STEP_TIMEOUT, shutdownBy, withinTimeout } from '../modules/instances/shutdown.js';
import { brand } from '../shared/brand.js';
import type { ModuleReference } from '../shared/module.js';
import { isPromiseLike, promised } from '../shared/promise.js';
import type { Token } from '../shared/token.js';
import type { MaybePromise } from '../shared/types.js';
import { applicationLogger, Bootstrap, CLOSED } from './bootstrap.js';
import { describeApplication } from './describe.js';
import { describedBy } from './described-handler.js';
import type { Dispatch, EventDispatcher } from './event-dispatcher.js';
import type { EventContext } from './event/event-context.js';
import { sendBuffered, type SendResponse } from './http/send-response.js';
import { awsLambda, type Invocation, type StreamingHandler } from './lambda-runtime.js';
import { InitTasks } from './lifetime/init-tasks.js';
import { closeOnTermination, disposerOf, ExitStack, forgetTermination, RunningEvents } from './lifetime/shutdown.js';
import type { ApplicationOptions } from './options/application-options.js';
import { type ApplicationConfig, resolveConfig, type TestSetup } from './options/config.js';

/** A Lambda handler: takes any event, gives the result that its source wants. */
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
   * @throws BootstrapError when an option or a setting is wrong. What goes wrong in the bootstrap itself is told
   *   to the invocation that waits for it, and to `ready()`; the next one tries again.
   */
  static create(root: ModuleReference, options: ApplicationOptions = {}): LambdaApplication {
    return new LambdaApplication(root, resolveConfig(options));
  }

  /** Like `create`, with what the test kit puts into the place of its own. @internal */
  static createWith(root: ModuleReference, options: ApplicationOptions, setup: TestSetup): LambdaApplication {
    return new LambdaApplication(root, resolveConfig(options, setup));
  }

  /**
   * Routes, consumers and the module graph from metadata alone: nothing is constructed.
   *
   * @throws BootstrapError for every mistake that needs no instance to be seen.
   */
  static describe(root: ModuleReference, options: ApplicationOptions = {}): ApplicationDescription {
    return describeApplication(root, resolveConfig(options));
  }

  /** Bound, so that it can be exported alone. Not `async`, and with two parameters: Lambda looks at both. */
  readonly handler: LambdaHandler = describedBy(
    (event: unknown, context: LambdaContext) => this.#handle(event, context),
    () => this.#describe(),
  );

  readonly #root: ModuleReference;
  readonly #config: ApplicationConfig;
  readonly #exits = new ExitStack();
  readonly #tasks = new InitTasks();
  readonly #events = new RunningEvents();
  #bootstrap: Bootstrap | undefined;
  #runtime: EventDispatcher | undefined;
  #closing: Promise<void> | undefined;
  #isOver = false;

  private constructor(root: ModuleReference, config: ApplicationConfig) {
    this.#root = root;
    this.#config = config;
    this.#start();
  }

  /**
   * The handler for response streaming; the ordinary one where the runtime offers none.
   *
   * `export const handler = LambdaApplication.create(AppModule).streamingHandler`
   */
  get streamingHandler(): LambdaHandler | StreamingHandler {
    const runtime = awsLambda();
    if (typeof runtime?.streamifyResponse !== 'function') return this.handler;
    // Loaded for those who stream: at once, and not by the first event.
    const streaming = import('./stream-event.js');
    const handler = runtime.streamifyResponse(async (event, stream, context) => {
      const { streamEvent } = await streaming;
      const invocation = { event, context: prepareContext(context) };
      await this.#events.track(streamEvent(this.#dispatch, invocation, stream));
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
   * The one instance of a provider.
   *
   * @throws Error while the application is not ready, and for a provider that has no single instance.
   */
  get<T>(token: Token<T>): T {
    const container = this.#closing ? this.#closed() : this.#runtime?.container;
    if (!container) throw new Error('The application is not bootstrapped yet: await app.ready() before app.get()');
    return container.get(token);
  }

  /**
   * A new instance of a transient provider, or a request-scoped one with a scope of its own; the one of any other.
   *
   * What is made for you is yours to dispose of.
   */
  async resolve<T>(token: Token<T>): Promise<T> {
    const container = this.#closing ? this.#closed() : (await this.#bootstrapped()).container;
    return container.resolve(token);
  }

  /** Runs an async task now, in Lambda's init phase; the first event waits for it. */
  runAsync<T>(task: () => Promise<T>): Promise<T> {
    return this.#initialise(functionGiven('runAsync', task));
  }

  /**
   * Opens a resource now and closes it with the application, in reverse order of opening; the first event waits for it.
   *
   * @param close Not needed for a disposable (`Symbol.asyncDispose`, `Symbol.dispose`).
   */
  enterAsyncContext<T>(open: () => MaybePromise<T>, close?: (resource: T) => unknown): Promise<T> {
    const enter = functionGiven('enterAsyncContext', open);
    const given = close && functionGiven('enterAsyncContext', close);
    return this.#initialise(async () => {
      const resource = await enter();
      const dispose = given ?? disposerOf(resource);
      if (!(await this.#exits.push((patience) => withinTimeout(patience, dispose(resource))))) throw new Error(CLOSED);
      closeOnTermination(this);
      return resource;
    });
  }

  /**
   * Runs the shutdown hooks, disposes providers and closes what was opened, each in reverse order, and once.
   *
   * Events that are running, and whatever is still being made or opened, are waited for, though not longer than a
   * second; `get` and `resolve` work until the last hook has come to its end.
   */
  close(signal?: string): Promise<void> {
    return (this.#closing ??= this.#close(signal));
  }

  /** Lets `await using app = …` close it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #handle(event: unknown, context: LambdaContext): Promise<unknown> {
    const invocation = prepareContext(context);
    return promised(() => this.#dispatch(event, invocation, sendBuffered));
  }

  readonly #dispatch: Dispatch = (event, invocation, deliver) => {
    if (isCustomResource(event)) return this.#events.track(this.#answerCustomResource(event, invocation, deliver));
    if (this.#config.options.unhandledErrors === 'respond' && mayShowErrors(event))
      return this.#hideErrors(event, invocation, deliver);
    return this.#take(event, invocation, deliver);
  };

  readonly #take: Dispatch = (event, context, deliver) => {
    const runtime = this.#runtime && this.#tasks.done ? this.#runtime : undefined;
    if (!runtime)
      return this.#events.track(
        this.#bootstrapped({ event, context }).then((started) => started.dispatch(event, context, deliver)),
      );
    const result = runtime.dispatch(event, context, deliver);
    // One that waits for nothing is over when it is counted.
    return isPromiseLike(result) ? this.#events.track(result) : result;
  };

  /**
   * Outside of everything, for CloudFormation has to be answered whatever fails: the bootstrap, a middleware, a
   * predicate.
   */
  async #answerCustomResource(
    event: CloudFormationCustomResourceEvent,
    invocation: LambdaContext,
    deliver: SendResponse,
  ): Promise<unknown> {
    const { runCustomResource } = await import('./event/run-custom-resource.js');
    const run = (context: LambdaContext): Promise<unknown> => promised(() => this.#take(event, context, deliver));
    return runCustomResource(event, invocation, { run, logger: this.#logger });
  }

  async #hideErrors(event: unknown, invocation: LambdaContext, deliver: SendResponse): Promise<unknown> {
    const { hideErrors } = await import('./event/hide-errors.js');
    return hideErrors(event, () => this.#take(event, invocation, deliver), this.#logger);
  }

  readonly #logger = (): MaybePromise<Logger> => this.#runtime?.logger ?? applicationLogger(this.#config);

  #describe(): ApplicationDescription {
    return describeApplication(this.#root, this.#config);
  }

  #initialise<T>(run: () => Promise<T>): Promise<T> {
    return this.#closing ? Promise.reject(new Error(CLOSED)) : this.#tasks.add(run);
  }

  #start(): Bootstrap {
    const bootstrap = new Bootstrap(this.#root, this.#config);
    this.#bootstrap = bootstrap;
    // What is made has to be disposed of from the first provider on.
    closeOnTermination(this);
    bootstrap.done.then(
      (runtime) => {
        if (!this.#closing) this.#runtime = runtime;
      },
      // Told to whoever asks next; nobody has to be asking yet.
      () => {
        if (this.#exits.isEmpty) forgetTermination(this);
      },
    );
    return bootstrap;
  }

  /** Waits for what has to be there before an event; an attempt that failed is told once and then forgotten. */
  async #bootstrapped(invocation?: Invocation): Promise<EventDispatcher> {
    if (this.#closing) throw new Error(CLOSED);
    const bootstrap = this.#bootstrap ?? this.#start();
    try {
      const work = Promise.all([bootstrap.done, this.#tasks.finish()]).then(([runtime]) => runtime);
      return await (invocation ? bootstrap.within(work, invocation) : bootstrap.unlessStuck(work));
    } catch (error) {
      if (bootstrap.failed && this.#bootstrap === bootstrap) this.#bootstrap = undefined;
      throw error;
    }
  }

  /** What there is to be had while the application closes. */
  #closed(): Container<EventContext> {
    const container = this.#isOver ? undefined : this.#bootstrap?.container;
    if (!container) throw new Error(CLOSED);
    return container;
  }

  async #close(signal: string | undefined): Promise<void> {
    const ending = shutdownBy(signal);
    // An attempt that has not come to its end serves nobody.
    if (!this.#runtime) void this.#bootstrap?.close(ending).catch(() => undefined);
    this.#runtime = undefined;
    await Promise.all([this.#events.settled(SHUTDOWN_STEP_TIMEOUT), this.#tasks.settled(SHUTDOWN_STEP_TIMEOUT)]);
    // Pushed last, the container goes first: what was opened outside may serve it until its end.
    void this.#exits.push(() => this.#bootstrap?.close(ending));
    try {
      await this.#exits.unwind(ending.timeout);
    } finally {
      forgetTermination(this);
      this.#isOver = true;
    }
  }
}
brand(LambdaApplication, 'LambdaApplication');

/**
 * @throws TypeError for what has been begun already, such as a promise: what fails is begun anew for the next event.
 */
function functionGiven<F>(method: string, given: F): F {
  if (typeof given === 'function') return given;
  throw new TypeError(`${method} takes a function, not ${describeValue(given)}: app.${method}(() => connect()).`);
}

/**
 * Lambda would wait for whatever is left open, as a database's pool is, before it sends the next event. Middlewares
 * write on a context, so that each event of a test without one has its own.
 */
function prepareContext(context: LambdaContext | undefined): LambdaContext {
  const invocation = context ?? ({} as LambdaContext);
  try {
    invocation.callbackWaitsForEmptyEventLoop = false;
  } catch {
    // A test may have frozen it. `Reflect.set` would say so without an error, and takes 0.1 µs.
  }
  return invocation;
}
