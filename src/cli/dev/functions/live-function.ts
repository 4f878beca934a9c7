import type { ResponseStream } from '../../../local/invoke/response-stream.js';
import type { FunctionDescription, Invocation, Variables } from '../runtime/process-messages.js';
import { type CompilerSettings, FunctionCompiler } from './function-compiler.js';
import { FunctionProcess } from './function-process.js';
import { type CheckSettings, LazyModuleCheck } from './lazy-module-check.js';

/** The settings that all functions of a project share. */
export interface LiveProject extends CompilerSettings, CheckSettings {
  /** Returns the function's debugger port, if any. */
  inspector(name: string): number | undefined;
}

/** Receives the events of functions. */
export interface LiveFunctionObserver {
  /** A process has started and may write output. */
  output(name: string, output: FunctionProcess['output']): void;
  starting(fn: LiveFunction): void;
  /** An application of the function is planned. @returns the variables that it waits for. */
  planned(fn: LiveFunction): Promise<Variables>;
  /** @param milliseconds how long the start took. */
  started(fn: LiveFunction, milliseconds: number): void;
  failed(fn: LiveFunction, error: Error): void;
  /** Its lazy modules have mistakes, so requests for them will fail. */
  lazyMistakes(fn: LiveFunction, errors: readonly Error[]): void;
  /** The process ended by itself. @param how the reason, such as `exit code 1`. */
  ended(fn: LiveFunction, how: string): void;
  /** The process accepts no more events, after an error that nothing has caught. */
  draining(fn: LiveFunction): void;
}

/** A function with hot reload: each time its sources change, a new process replaces the old one. */
export class LiveFunction {
  /** The description of the latest application that was planned, or else of the last successful load. */
  description: FunctionDescription | undefined;
  readonly #compiler: FunctionCompiler;
  /** The latest start; `undefined` once its process has ended by itself. */
  #start: Promise<FunctionProcess> | undefined;
  /** All live processes: the running one, those that shut down, and the spare one. */
  readonly #processes = new Set<FunctionProcess>();
  /** A process that has already imported the function's packages, the slowest part of a start. */
  #spare: FunctionProcess | undefined;
  readonly #lazyModules = new LazyModuleCheck();
  #starts = 0;
  #closed = false;

  constructor(
    readonly name: string,
    readonly source: string,
    private readonly project: LiveProject,
    private readonly observer: LiveFunctionObserver,
  ) {
    this.#compiler = new FunctionCompiler(name, source, project);
  }

  /** Files whose change requires a restart. */
  get sources(): ReadonlySet<string> {
    return this.#compiler.sources;
  }

  /**
   * Compiles and runs the current sources. The previous process finishes its invocations.
   *
   * @param newEnvironment does not reuse the spare process, which has the old environment.
   */
  restart(newEnvironment = false): void {
    if (newEnvironment) this.#spare = undefined;
    void this.#lazyModules.stop();
    for (const old of this.#processes) if (old !== this.#spare) void old.end();
    this.#start = this.#run(++this.#starts);
    // The observer and whoever awaits the start get the error.
    this.#start.catch(() => undefined);
    this.observer.starting(this);
  }

  /** Resolves when the latest sources run; starts them if needed. @throws why they cannot run. */
  async running(): Promise<FunctionProcess> {
    if (this.#closed) throw new Error(`The function ${this.name} has been removed.`);
    if (!this.#start) this.restart();
    return this.#latest(this.#start!);
  }

  /** Resolves when the latest start is over, without starting anything. @throws why the start failed. */
  async startEnded(): Promise<void> {
    if (this.#start) await this.#latest(this.#start);
  }

  /** Awaits a start, or the one that has replaced it meanwhile. */
  async #latest(start: Promise<FunctionProcess>): Promise<FunctionProcess> {
    const [outcome] = await Promise.allSettled([start]);
    if (this.#start !== undefined && this.#start !== start) return this.#latest(this.#start);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  /** @returns the result as JSON. @throws the function's error, or why the sources cannot run. */
  async invoke(invocation: Invocation, stream?: ResponseStream): Promise<string> {
    return (await this.running()).invoke(invocation, stream);
  }

  /** Sets environment variables of all processes that are not set. */
  setVariables(variables: Variables): void {
    for (const process of this.#processes) process.setVariables(variables);
  }

  /** Ends all processes, and resolves when none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#lazyModules.stop(), ...[...this.#processes].map((process) => process.end())]);
  }

  kill(): void {
    void this.#lazyModules.stop();
    for (const process of this.#processes) process.kill();
  }

  async #run(start: number): Promise<FunctionProcess> {
    const startTime = performance.now();
    let process: FunctionProcess | undefined;
    let file: string;
    try {
      file = await this.#compiler.compile();
      process = this.#take(start, file);
      this.description = await process.load(file, await this.#inspector());
    } catch (error) {
      await this.#failed(start, error as Error, process);
      throw error;
    }
    if (this.#isLatest(start)) {
      this.#prepare();
      this.observer.started(this, performance.now() - startTime);
      this.#checkLazyModules(file);
    }
    return process;
  }

  #checkLazyModules(file: string): void {
    if (this.description!.lazy.length === 0) return;
    this.#lazyModules.start(file, this.project, (errors) => this.observer.lazyMistakes(this, errors));
  }

  /** Returns the debugger port once previous processes have released it. The spare process does not open it. */
  async #inspector(): Promise<number | undefined> {
    const port = this.project.inspector(this.name);
    if (port !== undefined) await Promise.all([...this.#processes].map((each) => each.ending && each.exited));
    return port;
  }

  async #failed(start: number, error: Error, process: FunctionProcess | undefined): Promise<void> {
    // Prints the process's own output first.
    await process?.end();
    if (!this.#isLatest(start)) return;
    if (process) this.#prepare();
    this.observer.failed(this, error);
  }

  #isLatest(start: number): boolean {
    return start === this.#starts && !this.#closed;
  }

  /**
   * Takes a process for a compiled function, whose file is removed when the process has ended.
   *
   * @throws Error if another start has replaced this one. The file is removed at once.
   */
  #take(start: number, file: string): FunctionProcess {
    if (!this.#isLatest(start)) {
      void this.#compiler.remove(file);
      throw new Error('Another start has replaced this one.');
    }
    const process = this.#spare ?? this.#launch();
    this.#spare = undefined;
    void process.ended.then(() => this.#compiler.remove(file));
    return process;
  }

  /** Launches the spare process for the next start. */
  #prepare(): void {
    try {
      this.#spare ??= this.#launch();
    } catch {
      // The next start reports why.
    }
  }

  #launch(): FunctionProcess {
    const { root, runtime, streaming } = this.project;
    const env = this.project.environment();
    const process = new FunctionProcess({
      runtime,
      name: this.name,
      cwd: root,
      env,
      streaming,
      preload: this.#compiler.preload,
      onPlan: (description) => this.#planned(description),
    });
    this.#processes.add(process);
    this.observer.output(this.name, process.output);
    void process.exited.then(() => this.#forget(process));
    void process.draining.then(() => this.#retire(process));
    return process;
  }

  #planned(description: FunctionDescription): Promise<Variables> {
    this.description = { ...description, streams: this.description?.streams === true };
    return this.observer.planned(this);
  }

  /** Lets a process finish its invocations; the next event starts a new one. */
  #retire(process: FunctionProcess): void {
    if (process.ending) return;
    this.#start = undefined;
    void this.#lazyModules.stop();
    this.observer.draining(this);
    void process.end();
  }

  #forget(process: FunctionProcess): void {
    this.#processes.delete(process);
    if (process === this.#spare) this.#spare = undefined;
    if (!process.loaded || process.ending) return;
    this.#start = undefined;
    void this.#lazyModules.stop();
    // Prints the process's own output first.
    void process.ended.then((how) => this.observer.ended(this, how));
  }
}
