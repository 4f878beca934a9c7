/** How many events are remembered. */
const SIZE = 50;

/** The events of late by the ids of their invocations, so that a line of the log can be told with its cause. */
export class RecentEvents {
  readonly #events = new Map<string, string>();

  /** @param event JSON. */
  add(id: string, event: string): void {
    this.#events.set(id, event);
    const [oldest] = this.#events.keys();
    if (this.#events.size > SIZE) this.#events.delete(oldest!);
  }

  /** @param id of an invocation; or of a request or a record, which the event then has in it. */
  find(id: unknown): string | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    const quoted = JSON.stringify(id);
    return this.#events.get(id) ?? [...this.#events.values()].findLast((event) => event.includes(quoted));
  }
}
