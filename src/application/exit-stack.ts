import { refuseObservable } from '../shared/observable.js';
import type { MaybePromise } from '../shared/types.js';

/** @param patience Milliseconds that it may take. */
export type ExitStep = (patience: number) => MaybePromise<unknown>;

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
