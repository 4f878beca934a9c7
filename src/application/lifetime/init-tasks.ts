import { describeValue } from '../../errors/describe-value.js';
import { atMost } from '../../shared/promise.js';

/**
 * Tasks that must be done before the first event is dispatched. Each starts at once, in Lambda's init phase; the error
 * of a failed task goes to the invocation that waits for it, and the task runs again for the next one.
 */
export class InitTasks {
  /** A field, not a getter: every event reads it. */
  isDone = true;
  readonly #pending = new Set<InitTask>();

  /** Starts `run` and returns its result, which nobody has to await: the next event does. */
  add<T>(run: () => Promise<T>): Promise<T> {
    const task: InitTask = { run, attempt: undefined };
    this.#pending.add(task);
    this.isDone = false;
    const result = unlessStuck(this.#start(task) as Promise<T>, stuck);
    // Node would end the process for a rejection that only the next event awaits.
    result.catch(() => undefined);
    return result;
  }

  /** Waits for all tasks; runs those again that have failed. */
  async finish(): Promise<void> {
    for (const task of this.#pending) {
      const attempt = task.attempt ?? this.#start(task);
      try {
        await attempt;
      } catch (error) {
        if (task.attempt === attempt) task.attempt = undefined;
        throw error;
      }
    }
  }

  /** Waits until all running tasks are settled, for so many milliseconds at most; starts none. */
  async settled(milliseconds: number): Promise<void> {
    if (!this.isDone) await atMost(milliseconds, Promise.allSettled([...this.#pending].map(({ attempt }) => attempt)));
  }

  #start(task: InitTask): Promise<unknown> {
    const attempt = (async () => task.run())();
    task.attempt = attempt;
    attempt.then(
      () => {
        this.#pending.delete(task);
        this.isDone = this.#pending.size === 0;
      },
      () => {},
    );
    return attempt;
  }
}

interface InitTask {
  readonly run: () => Promise<unknown>;
  attempt: Promise<unknown> | undefined;
}

/** @throws TypeError for anything but a function, such as a promise: a failed task is run again for the next event. */
export function functionGiven<F>(method: string, given: F): F {
  if (typeof given === 'function') return given;
  throw new TypeError(`${method} takes a function, not ${describeValue(given)}: app.${method}(() => connect()).`);
}

function stuck(): Error {
  return new Error(
    'An initialisation task cannot finish, because the event loop is empty: nothing that it waits for is open ' +
      'any more.',
  );
}

/** The callers that wait without a time limit, as in Lambda's init phase. */
const waiting = new Set<() => void>();

/**
 * Waits for work as long as the event loop holds anything that could finish it. Otherwise Node would end the process
 * and not say what was waited for.
 *
 * @param stuckError Makes the error for an empty event loop.
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
