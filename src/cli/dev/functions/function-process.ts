import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { FunctionError } from '../../../local/invoke/function-error.js';
import type { ResponseStream } from '../../../local/invoke/response-stream.js';
import { atMost, LONGEST_DELAY } from '../../../shared/promise.js';
import { CommandError } from '../../framework/command-error.js';
import type {
  FunctionDescription,
  Invocation,
  RuntimeMessage,
  RuntimeRequest,
  Variables,
} from '../runtime/process-messages.js';

/** The settings of a process. */
export interface ProcessSettings {
  /** The program to run, `runtime/main.js`. */
  readonly runtime: string;
  readonly name: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly streaming: boolean;
  /** A module to import before the function, with the packages that the function needs. */
  readonly preload?: string | undefined;
  /** Called when an application of the function is planned. Returns the variables that the application waits for. */
  readonly onPlan: (description: FunctionDescription) => Promise<Variables>;
}

interface PendingInvocation {
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
  readonly stream: ResponseStream | undefined;
}

/** Milliseconds that a process gets for its invocations when it shuts down, and again for its shutdown hooks. */
const SHUTDOWN_TIMEOUT = 3000;

/** Milliseconds after an invocation's timeout until its process is killed, so that the caller gets its error first. */
const KILL_DELAY = 500;

/** Milliseconds to wait for the rest of the output after a process has exited. */
const OUTPUT_TIMEOUT = 500;

/** An error that the function's process has already logged. */
export class LoggedError extends Error {}

/** A process that runs one function. Nothing of it is left after it has ended. */
export class FunctionProcess {
  /** Resolves when the function has loaded. Rejects if it cannot, or if the process ends before. */
  readonly ready: Promise<FunctionDescription>;
  /** Resolves when the process has exited, with the reason: `exit code 1` or `SIGKILL`. */
  readonly exited: Promise<string>;
  /** Resolves when the output has been read, too. Waits only briefly: a child of the process may hold it open. */
  readonly ended: Promise<string>;
  /** Resolves when the process accepts no more events, after an error that nothing has caught. */
  readonly draining: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pending = new Map<string, PendingInvocation>();
  #drain: () => void = () => undefined;
  #loaded = false;
  #ending: Promise<unknown> | undefined;

  constructor({ runtime, name, cwd, env, streaming, preload, onPlan }: ProcessSettings) {
    this.#child = fork(
      runtime,
      [name, streaming ? 'streaming' : 'buffered', ...(preload === undefined ? [] : [preload])],
      {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        serialization: 'advanced',
        execArgv: ['--enable-source-maps'],
      },
    );
    // The exit of the process reports it, too.
    this.#child.on('error', () => undefined);
    this.draining = new Promise((resolve) => (this.#drain = resolve));
    this.exited = exitOf(this.#child);
    this.ended = outputEndOf(this.#child, this.exited);
    this.ready = new Promise((resolve, reject) => {
      this.#child.on('message', (message: RuntimeMessage) => {
        switch (message.kind) {
          case 'planned':
            return void onPlan(message.description).then((variables) => this.#sendVariables(variables, message.plan));
          case 'ready':
            this.#loaded = true;
            return resolve(message.description);
          case 'failed':
            return reject(loggedError(message.error));
          case 'draining':
            return this.#drain();
          default:
            return this.#receive(message);
        }
      });
      void this.exited.then((how) =>
        reject(new CommandError(`The process ended with ${how} while it was loading the function.`)),
      );
    });
    // A process may end before it is asked to load a function; then nobody awaits `ready`.
    this.ready.catch(() => undefined);
    void this.exited.then((how) => this.#rejectPending(how));
  }

  get output(): { readonly stdout: Readable; readonly stderr: Readable } {
    return { stdout: this.#child.stdout!, stderr: this.#child.stderr! };
  }

  /** Whether the function has loaded. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Whether `end` has been called. */
  get ending(): boolean {
    return this.#ending !== undefined;
  }

  /**
   * Loads the function. The process is started before there is one to load.
   *
   * @param inspector the port for a debugger, if any.
   */
  load(file: string, inspector?: number): Promise<FunctionDescription> {
    this.#send({ kind: 'load', file, inspector }, () => undefined);
    return this.ready;
  }

  /** Sets environment variables of the process that are not set. */
  setVariables(variables: Variables): void {
    this.#sendVariables(variables);
  }

  /**
   * Invokes the function. A process that exceeds the timeout is killed, as on Lambda: it may be in an endless loop, in
   * which it would never respond again.
   *
   * @param stream receives what the function streams.
   * @throws the function's error, or one that says how the process ended.
   */
  invoke(invocation: Invocation, stream?: ResponseStream): Promise<string> {
    const timer = setTimeout(() => this.kill(), Math.min(invocation.timeout + KILL_DELAY, LONGEST_DELAY));
    const result = new Promise<string>((resolve, reject) => {
      this.#pending.set(invocation.id, { resolve, reject, stream });
      this.#send(invocation, (error) => {
        if (this.#pending.delete(invocation.id)) reject(error);
      });
    });
    return result.finally(() => clearTimeout(timer));
  }

  /** Waits for pending invocations, then shuts the process down with time for its shutdown hooks. */
  end(): Promise<unknown> {
    return (this.#ending ??= this.#end());
  }

  /** Kills the process. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #sendVariables(variables: Variables, plan?: number): void {
    this.#send({ kind: 'variables', variables, plan }, () => undefined);
  }

  #send(request: RuntimeRequest, onError: (error: Error) => void): void {
    this.#child.send(request, (error) => {
      if (error) onError(error);
    });
  }

  async #end(): Promise<void> {
    // It rejects where the child can't be reached any more: then nothing is pending.
    await atMost(
      SHUTDOWN_TIMEOUT,
      this.#idle().catch(() => undefined),
    );
    this.#child.kill('SIGTERM');
    await atMost(SHUTDOWN_TIMEOUT, this.exited);
    this.kill();
    await atMost(SHUTDOWN_TIMEOUT, this.ended);
  }

  async #idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.race([once(this.#child, 'message'), this.exited]);
  }

  #receive(message: Extract<RuntimeMessage, { id: string }>): void {
    const pending = this.#pending.get(message.id);
    if (message.kind === 'chunk') return writeChunk(message, pending?.stream);
    this.#pending.delete(message.id);
    if (message.kind === 'result') pending?.resolve(message.result);
    else pending?.reject(loggedError(message.error));
  }

  #rejectPending(how: string): void {
    const message = `The function's process ended with ${how}`;
    const error = restoredError({ errorType: 'Runtime.ExitError', errorMessage: message });
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** Resolves when a process has exited and all its messages have arrived. A process that fails to start only closes. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    const exit = (code: number | null, signal: NodeJS.Signals | null): void => resolve(signal ?? `exit code ${code}`);
    child.once('close', exit);
    child.once('exit', (code, signal) => {
      if (child.connected) child.once('disconnect', () => exit(code, signal));
      else exit(code, signal);
    });
  });
}

async function outputEndOf(child: ChildProcess, exited: Promise<string>): Promise<string> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const how = await exited;
  await atMost(OUTPUT_TIMEOUT, closed);
  return how;
}

function writeChunk(
  { chunk, contentType }: Extract<RuntimeMessage, { kind: 'chunk' }>,
  stream: ResponseStream | undefined,
): void {
  if (!stream || stream.destroyed) return;
  if (contentType !== undefined) stream.setContentType(contentType);
  stream.write(chunk);
}

/** The caller of the function gets the stack of its process. */
function loggedError(described: FunctionError): LoggedError {
  return restoredError(described, new LoggedError(described.errorMessage));
}

/** Restores an error of another process, with its stack there. */
export function restoredError<E extends Error>(
  { errorType, errorMessage, trace = [] }: FunctionError,
  error = new Error(errorMessage) as E,
): E {
  error.stack = trace.length > 0 ? trace.join('\n') : `${errorType}: ${errorMessage}`;
  return Object.assign(error, { name: errorType });
}
