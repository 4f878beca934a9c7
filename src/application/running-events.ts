import { atMost } from '../shared/at-most.js';

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
