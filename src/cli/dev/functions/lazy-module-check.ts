import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { FunctionError } from '../../../local/invoke/function-error.js';
import { type ProcessSettings, restoredError } from './function-process.js';

/** Milliseconds for a check. */
const TIME_LIMIT = 60_000;

/** The settings of processes that check. */
export interface CheckSettings extends Pick<ProcessSettings, 'runtime' | 'streaming'> {
  /** The project's folder. */
  readonly root: string;
  /** Returns the environment for a process that starts now. */
  environment(): NodeJS.ProcessEnv;
}

/** Finds mistakes in the lazy modules of a function while it runs, in a process for each check. */
export class LazyModuleCheck {
  #child: ChildProcess | undefined;

  /**
   * Checks a compiled function.
   *
   * @param onMistakes receives the errors, if there are any.
   */
  start(
    file: string,
    { root, runtime, streaming, environment }: CheckSettings,
    onMistakes: (errors: readonly Error[]) => void,
  ): void {
    const program = join(dirname(runtime), 'check-lazy-modules.js');
    const child = fork(program, [file, streaming ? 'streaming' : 'buffered'], {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--enable-source-maps'],
      timeout: TIME_LIMIT,
      killSignal: 'SIGKILL',
    });
    this.#child = child;
    // Without a process there is no check, which is only an aid.
    child.on('error', () => undefined);
    child.on('message', (found: readonly FunctionError[]) => {
      if (this.#child === child && found.length > 0) onMistakes(found.map((one) => restoredError(one)));
    });
  }

  /** Ends a check that is running, and resolves when its process has exited. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.kill('SIGKILL')) await once(child, 'exit');
  }
}
