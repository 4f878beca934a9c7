import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { FunctionError } from '../../../local/invoke/call-function.js';
import type { ResponseStream } from '../../../local/invoke/response-stream.js';
import { atMost, LONGEST_DELAY } from '../../../shared/promise.js';
import { CommandError } from '../../framework/errors.js';
import type { FunctionDescription, Invocation, RuntimeMessage, RuntimeRequest } from '../runtime/messages.js';

/** What a process is started with. */
export interface ProcessSettings {
  /** The program of the process, `runtime/main.js`. */
  readonly runtime: string;
  readonly name: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly streaming: boolean;
  /** A module that imports what the function is going to import. */
  readonly preload?: string | undefined;
}

interface Pending {
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
  readonly stream: ResponseStream | undefined;
}

/** Milliseconds for what is under way when a process shall end, and again for the hooks of its shutdown. */
const PATIENCE = 3000;

/** Milliseconds after the time of an invocation: whoever waits for it is told first. */
const GRACE = 500;

/** Milliseconds in which what a process has written is read after its end. */
const LAST_WORDS = 500;

/** An error of the function, of which its process has written a line into the log. */
export class ToldError extends Error {}

/** A process with one function in it: nothing of it is left when it has ended. */
export class FunctionProcess {
  /** What the function is, once it is loaded. Rejects when it can't be, or the process ends before. */
  readonly ready: Promise<FunctionDescription>;
  /** Resolves when the process has ended, with what ended it: `exit code 1`, `SIGKILL`. */
  readonly exited: Promise<string>;
  /** Resolves when its output was read, too; but soon, for a process that it has started may hold that open. */
  readonly ended: Promise<string>;
  /** Resolves when it is to take no more events. */
  readonly spent: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pending = new Map<string, Pending>();
  #spend: () => void = () => undefined;
  #loaded = false;
  #ending: Promise<unknown> | undefined;

  constructor({ runtime, name, cwd, env, streaming, preload }: ProcessSettings) {
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
    // Told by the end of the process, too.
    this.#child.on('error', () => undefined);
    this.spent = new Promise((resolve) => (this.#spend = resolve));
    this.exited = exitOf(this.#child);
    this.ended = lastWords(this.#child, this.exited);
    this.ready = new Promise((resolve, reject) => {
      this.#child.on('message', (message: RuntimeMessage) => {
        if (message.kind === 'failed') reject(errorOf(message.error));
        else if (message.kind === 'spent') this.#spend();
        else if (message.kind !== 'ready') this.#told(message);
        else {
          this.#loaded = true;
          resolve(message.description);
        }
      });
      void this.exited.then((how) =>
        reject(new CommandError(`The process of the function ended with ${how} while it was loaded.`)),
      );
    });
    // A process that nobody has loaded anything into may end, too.
    this.ready.catch(() => undefined);
    void this.exited.then((how) => this.#abandon(how));
  }

  get output(): { readonly stdout: Readable; readonly stderr: Readable } {
    return { stdout: this.#child.stdout!, stderr: this.#child.stderr! };
  }

  /** Whether the function is there. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Whether somebody asked it to end. */
  get ending(): boolean {
    return this.#ending !== undefined;
  }

  /**
   * Loads the function, for the process is made before it.
   *
   * @param inspector the port for a debugger, if one is wanted.
   */
  load(file: string, inspector?: number): Promise<FunctionDescription> {
    this.#send({ kind: 'load', file, inspector }, () => undefined);
    return this.ready;
  }

  /**
   * Calls the function. A process that has not answered when the time is over is ended, as on Lambda: it may be in a
   * loop, where it would answer nobody any more.
   *
   * @param stream what it streams to, where it does.
   * @throws Error as the function throws it, or one that says how the process ended.
   */
  invoke(invocation: Invocation, stream?: ResponseStream): Promise<string> {
    const overtime = setTimeout(() => this.kill(), Math.min(invocation.timeout + GRACE, LONGEST_DELAY));
    const answered = new Promise<string>((resolve, reject) => {
      this.#pending.set(invocation.id, { resolve, reject, stream });
      this.#send(invocation, (error) => {
        if (this.#pending.delete(invocation.id)) reject(error);
      });
    });
    return answered.finally(() => clearTimeout(overtime));
  }

  /** Waits for what is under way, and ends the process: with time for the hooks of its shutdown, but not for ever. */
  end(): Promise<unknown> {
    return (this.#ending ??= this.#end());
  }

  /** Ends the process at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #send(request: RuntimeRequest, refuse: (error: Error) => void): void {
    this.#child.send(request, (error) => {
      if (error) refuse(error);
    });
  }

  async #end(): Promise<void> {
    await atMost(PATIENCE, this.#idle());
    this.#child.kill('SIGTERM');
    await atMost(PATIENCE, this.exited);
    this.kill();
    await atMost(PATIENCE, this.ended);
  }

  async #idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.race([once(this.#child, 'message'), this.exited]);
  }

  #told(message: Exclude<RuntimeMessage, { kind: 'ready' | 'failed' | 'spent' }>): void {
    const pending = this.#pending.get(message.id);
    if (message.kind === 'chunk') return writeChunk(message, pending?.stream);
    this.#pending.delete(message.id);
    if (message.kind === 'result') pending?.resolve(message.result);
    else pending?.reject(errorOf(message.error));
  }

  #abandon(how: string): void {
    const error = errorOf({
      errorType: 'Runtime.ExitError',
      errorMessage: `The process of the function ended with ${how}`,
    });
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** What ended a process, when all that it had sent has come; one that could not be started only closes. */
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

async function lastWords(child: ChildProcess, exited: Promise<string>): Promise<string> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const how = await exited;
  await atMost(LAST_WORDS, closed);
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

/** With the stack that it has in the other process, for whoever invokes the function is told of that. */
function errorOf({ errorType, errorMessage, trace = [] }: FunctionError): ToldError {
  const error = Object.assign(new ToldError(errorMessage), { name: errorType });
  error.stack = trace.length > 0 ? trace.join('\n') : `${errorType}: ${errorMessage}`;
  return error;
}
