import { refuseObservable } from '../shared/observable.js';
import type { MaybePromise } from '../shared/types.js';

/** What has to be undone, undone in reverse. Every step runs, also when an earlier one fails. */
export class ExitStack {
  readonly #steps: (() => MaybePromise<unknown>)[] = [];

  push(step: () => MaybePromise<unknown>): void {
    this.#steps.push(step);
  }

  /** @throws The one error, or an AggregateError of several. */
  async unwind(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        refuseObservable(await step());
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, 'Several steps of the shutdown failed');
  }
}
