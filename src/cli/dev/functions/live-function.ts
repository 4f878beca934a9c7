import type { ResponseStream } from '../../../local/invoke/response-stream.js';
import type { FunctionDescription, Invocation } from '../runtime/messages.js';
import { type CompilerSettings, FunctionCompiler } from './function-compiler.js';
import { FunctionProcess, type ProcessSettings } from './function-process.js';

/** What all functions of a project are run with. */
export interface LiveProject extends CompilerSettings, Pick<ProcessSettings, 'runtime' | 'streaming'> {
  /** The variables of a process that starts now. */
  environment(): NodeJS.ProcessEnv;
  /** The port at which a debugger finds the function, if one is wanted. */
  inspector(name: string): number | undefined;
}

/** Who is told how a function fares. */
export interface LiveFunctionObserver {
  /** A process was started, and writes. */
  output(name: string, output: FunctionProcess['output']): void;
  starting(fn: LiveFunction): void;
  /** @param milliseconds how long it took. */
  started(fn: LiveFunction, milliseconds: number): void;
  failed(fn: LiveFunction, error: Error): void;
  /** It ended by itself. @param how as in `exit code 1`. */
  ended(fn: LiveFunction, how: string): void;
  /** An error that nobody has caught: its process takes no more events. */
  spent(fn: LiveFunction): void;
}

/** A function whose sources may change: each time a new process takes the place of the old one. */
export class LiveFunction {
  /** As it was when it could be loaded last. */
  description: FunctionDescription | undefined;
  readonly #compiler: FunctionCompiler;
  /** The latest start; absent after its process has ended by itself. */
  #start: Promise<FunctionProcess> | undefined;
  /** All that live: the one that runs, those that come to their end, and the spare one. */
  readonly #processes = new Set<FunctionProcess>();
  /** One that has loaded what the function imports, for that takes the longest, and waits for the function itself. */
  #spare: FunctionProcess | undefined;
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

  /** Files whose change asks for a restart. */
  get sources(): ReadonlySet<string> {
    return this.#compiler.sources;
  }

  /**
   * Compiles the sources as they are now, and runs them. What the process before has under way, it brings to its end.
   *
   * @param anew with no process that was made before: for another environment.
   */
  restart(anew = false): void {
    if (anew) this.#spare = undefined;
    for (const old of this.#processes) if (old !== this.#spare) void old.end();
    this.#start = this.#run(++this.#starts);
    // Told to the observer, and to whoever waits.
    this.#start.catch(() => undefined);
    this.observer.starting(this);
  }

  /** Resolves when the latest sources run. @throws Error when they can't. */
  async running(): Promise<FunctionProcess> {
    if (this.#closed) throw new Error(`${this.name} does not run any more.`);
    if (!this.#start) this.restart();
    return this.#outcomeOf(this.#start!);
  }

  /**
   * Resolves when the latest sources run, or have run: it starts nothing that has ended by itself. @throws Error when
   * they can't.
   */
  async settled(): Promise<void> {
    if (this.#start) await this.#outcomeOf(this.#start);
  }

  /** Of a start, or of the one that has taken its place meanwhile. */
  async #outcomeOf(start: Promise<FunctionProcess>): Promise<FunctionProcess> {
    const [outcome] = await Promise.allSettled([start]);
    if (this.#start !== undefined && this.#start !== start) return this.#outcomeOf(this.#start);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  /** @returns the result as JSON. @throws Error of the function, or for sources that can't run. */
  async invoke(invocation: Invocation, stream?: ResponseStream): Promise<string> {
    return (await this.running()).invoke(invocation, stream);
  }

  /** Ends all processes, and resolves when they have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#processes].map((process) => process.end()));
  }

  kill(): void {
    for (const process of this.#processes) process.kill();
  }

  async #run(start: number): Promise<FunctionProcess> {
    const begun = performance.now();
    let process: FunctionProcess | undefined;
    try {
      const file = await this.#compiler.compile();
      process = this.#take(start, file);
      this.description = await process.load(file, await this.#inspector());
    } catch (error) {
      await this.#failed(start, error as Error, process);
      throw error;
    }
    if (this.#isLatest(start)) {
      this.#prepare();
      this.observer.started(this, performance.now() - begun);
    }
    return process;
  }

  /** The port, when those before have left it: a debugger finds the one that runs, and not the spare one. */
  async #inspector(): Promise<number | undefined> {
    const port = this.project.inspector(this.name);
    if (port !== undefined) await Promise.all([...this.#processes].map((each) => each.ending && each.exited));
    return port;
  }

  async #failed(start: number, error: Error, process: FunctionProcess | undefined): Promise<void> {
    // What it has to say of that comes first.
    await process?.end();
    if (!this.#isLatest(start)) return;
    if (process) this.#prepare();
    this.observer.failed(this, error);
  }

  #isLatest(start: number): boolean {
    return start === this.#starts && !this.#closed;
  }

  /**
   * @returns a process for a compiled function, which is removed after it, or at once where the process is another's.
   */
  #take(start: number, file: string): FunctionProcess {
    if (!this.#isLatest(start)) {
      void this.#compiler.remove(file);
      throw new Error('Another start has taken the place of this one.');
    }
    const process = this.#spare ?? this.#launch();
    this.#spare = undefined;
    void process.ended.then(() => this.#compiler.remove(file));
    return process;
  }

  /** Has a process ready for the next start. */
  #prepare(): void {
    try {
      this.#spare ??= this.#launch();
    } catch {
      // The next start will say why.
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
    });
    this.#processes.add(process);
    this.observer.output(this.name, process.output);
    void process.exited.then(() => this.#forget(process));
    void process.spent.then(() => this.#retire(process));
    return process;
  }

  /** It brings to its end what it has; the next event starts another one. */
  #retire(process: FunctionProcess): void {
    if (process.ending) return;
    this.#start = undefined;
    this.observer.spent(this);
    void process.end();
  }

  #forget(process: FunctionProcess): void {
    this.#processes.delete(process);
    if (process === this.#spare) this.#spare = undefined;
    if (!process.loaded || process.ending) return;
    this.#start = undefined;
    // What it has to say of that comes first.
    void process.ended.then((how) => this.observer.ended(this, how));
  }
}
