import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseObservable } from '../../shared/observable.js';
import { atMost } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';

/** @param timeout The milliseconds that it may take. */
type ExitStep = (timeout: number) => MaybePromise<unknown>;

/** Steps of the shutdown, run in reverse order. Every step runs, even if an earlier one fails. */
export class ExitStack {
  readonly #steps: ExitStep[] = [];
  #isUnwound = false;

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  /** Adds a step, or runs it at once if the stack is unwound. @returns Whether it was added. */
  async push(step: ExitStep): Promise<boolean> {
    if (!this.#isUnwound) this.#steps.push(step);
    else await step(Infinity);
    return !this.#isUnwound;
  }

  /** @throws The one error, or an AggregateError of several. */
  async unwind(timeout: number): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        refuseObservable(await step(timeout));
      } catch (error) {
        errors.push(error);
      }
    }
    this.#isUnwound = true;
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, 'Several steps of the shutdown failed');
  }
}

/**
 * Returns the function that disposes of a resource.
 *
 * @throws BootstrapError if the resource is not disposable.
 */
export function disposerOf(resource: unknown): (resource: unknown) => unknown {
  const { [Symbol.asyncDispose]: asyncDispose, [Symbol.dispose]: dispose } = Object(resource) as Partial<
    AsyncDisposable & Disposable
  >;
  const close = asyncDispose ?? dispose;
  if (close) return (open) => close.call(open as AsyncDisposable & Disposable);
  throw new BootstrapError(
    'enterAsyncContext: the resource is not disposable. Pass a function that closes it as the second argument: ' +
      '(resource) => resource.close().',
  );
}

/** Counts running events, so that the application closes after them. */
export class RunningEvents {
  #count = 0;
  #idle: () => void = () => undefined;

  /** One function for all events; `then` costs each a promise. */
  readonly #leave = (): void => {
    this.#count--;
    if (this.#count === 0) this.#idle();
  };

  /** Counts an event until it is settled. */
  track<T>(event: Promise<T>): Promise<T> {
    this.#count++;
    event.then(this.#leave, this.#leave);
    return event;
  }

  /** Waits until no event is running, for so many milliseconds at most. */
  async settled(milliseconds: number): Promise<void> {
    if (this.#count === 0) return;
    await atMost(milliseconds, new Promise<void>((resolve) => (this.#idle = resolve)));
  }
}

/** An application to close when Lambda ends the execution environment. */
interface Closable {
  close(signal: string): Promise<void>;
}

const open = new Set<Closable>();

/**
 * Closes `app` on SIGTERM, which Lambda sends if an extension is registered, and then ends the process as the signal
 * would have. One listener serves every application of the process.
 */
export function closeOnTermination(app: Closable): void {
  if (open.size === 0) process.on('SIGTERM', terminate);
  open.add(app);
}

export function forgetTermination(app: Closable): void {
  if (open.delete(app) && open.size === 0) process.off('SIGTERM', terminate);
}

async function terminate(): Promise<void> {
  const closing = [...open].map((app) => app.close('SIGTERM'));
  const results = await Promise.allSettled(closing);
  for (const result of results) {
    if (result.status === 'rejected') console.error(result.reason);
  }
  process.off('SIGTERM', terminate);
  process.kill(process.pid, 'SIGTERM');
}
