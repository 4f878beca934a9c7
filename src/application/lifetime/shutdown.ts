import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseObservable } from '../../shared/observable.js';
import { atMost } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';

/** @param patience Milliseconds that it may take. */
type ExitStep = (patience: number) => MaybePromise<unknown>;

/** What has to be undone, undone in reverse. Every step runs, also when an earlier one fails. */
export class ExitStack {
  readonly #steps: ExitStep[] = [];
  #isUnwound = false;

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  /** Keeps a step for later; what comes after the end is undone at once. @returns Whether it was kept. */
  async push(step: ExitStep): Promise<boolean> {
    if (!this.#isUnwound) this.#steps.push(step);
    else await step(Infinity);
    return !this.#isUnwound;
  }

  /** @throws The one error, or an AggregateError of several. */
  async unwind(patience: number): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        refuseObservable(await step(patience));
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
 * How a resource closes itself.
 *
 * @throws BootstrapError when it can't.
 */
export function disposerOf(resource: unknown): (resource: unknown) => unknown {
  const { [Symbol.asyncDispose]: asyncDispose, [Symbol.dispose]: dispose } = Object(resource) as Partial<
    AsyncDisposable & Disposable
  >;
  const close = asyncDispose ?? dispose;
  if (close) return (open) => close.call(open as AsyncDisposable & Disposable);
  throw new BootstrapError(
    'enterAsyncContext: the resource is no disposable, so nothing says how to close it. Give a second argument: (resource) => resource.close().',
  );
}

/** Counts the events that are waited for, so that the application ends after them. */
export class RunningEvents {
  #count = 0;
  #idle: () => void = () => undefined;

  /** One function for all events: it costs each a promise. */
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

  /** Waits until none is left, though not for longer than so many milliseconds. */
  async settled(milliseconds: number): Promise<void> {
    if (this.#count === 0) return;
    await atMost(milliseconds, new Promise<void>((resolve) => (this.#idle = resolve)));
  }
}

/** Something to close when Lambda ends the execution environment. */
interface Closable {
  close(signal: string): Promise<void>;
}

const open = new Set<Closable>();

/**
 * Closes `app` on SIGTERM, which Lambda sends where an extension is registered, and then ends the process
 * as the signal would have. One listener serves every application of the process.
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
