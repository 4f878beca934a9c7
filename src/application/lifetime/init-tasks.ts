import { atMost } from '../../shared/promise.js';

interface InitTask {
  readonly run: () => Promise<unknown>;
  attempt: Promise<unknown> | undefined;
}

/**
 * Work that must be done before the first event is dispatched. Each task starts at once, in Lambda's init phase;
 * one that failed is told to the invocation that waits for it, and runs again for the next.
 */
export class InitTasks {
  readonly #pending = new Set<InitTask>();

  /** Starts `run` and gives its result to whoever awaits it. Nobody has to: the next event does. */
  add<T>(run: () => Promise<T>): Promise<T> {
    const task: InitTask = { run, attempt: undefined };
    this.#pending.add(task);
    const result = unlessStuck(this.#start(task) as Promise<T>, stuck);
    // Node would end the process for a rejection that only the next event awaits.
    result.catch(() => undefined);
    return result;
  }

  get done(): boolean {
    return this.#pending.size === 0;
  }

  async finish(): Promise<void> {
    for (const task of this.#pending) await this.#finish(task);
  }

  /**
   * Waits for what is running, whatever comes of it, though not for longer than so many milliseconds; starts nothing.
   */
  async settled(milliseconds: number): Promise<void> {
    if (!this.done) await atMost(milliseconds, Promise.allSettled([...this.#pending].map(({ attempt }) => attempt)));
  }

  async #finish(task: InitTask): Promise<void> {
    const attempt = task.attempt ?? this.#start(task);
    try {
      await attempt;
    } catch (error) {
      if (task.attempt === attempt) task.attempt = undefined;
      throw error;
    }
  }

  #start(task: InitTask): Promise<unknown> {
    const attempt = (async () => task.run())();
    task.attempt = attempt;
    attempt.then(
      () => this.#pending.delete(task),
      () => {},
    );
    return attempt;
  }
}

function stuck(): Error {
  return new Error(
    'An initialisation task can never end, for the event loop is empty: whatever it waits for keeps nothing open.',
  );
}

/** Those who wait where nothing says for how long, as in Lambda's init phase. */
const waiting = new Set<() => void>();

/**
 * Waits for work as long as the process has anything left that could bring it to an end. Node would otherwise end the
 * process without a word of what was waited for.
 *
 * @param stuckError Says so, once the event loop is empty.
 */
export function unlessStuck<T>(work: Promise<T>, stuckError: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(stuckError());
    const done = (): void => {
      if (waiting.delete(giveUp) && waiting.size === 0) process.off('beforeExit', giveUpAll);
    };
    // One listener for all: Node warns of more than ten.
    if (waiting.size === 0) process.on('beforeExit', giveUpAll);
    waiting.add(giveUp);
    work.then(resolve, reject).then(done);
  });
}

function giveUpAll(): void {
  for (const giveUp of waiting) giveUp();
}
