import { detectRecordAdapters } from '../../../events/detection/record-adapters.js';

/** How many events to remember. */
const SIZE = 50;

/** The latest events by invocation id, so that the log can show what caused an error. */
export class RecentEvents {
  readonly #events = new Map<string, string>();
  /** The sizes that have been asked for: an event may have thousands of records, each with a line. */
  readonly #sizes = new Map<string, number>();

  /** @param event JSON. */
  add(id: string, event: string): void {
    this.#events.set(id, event);
    this.#sizes.delete(id);
    const [oldest] = this.#events.keys();
    if (this.#events.size <= SIZE) return;
    this.#events.delete(oldest!);
    this.#sizes.delete(oldest!);
  }

  /** Returns how many records an event has if it gets a batch line; 0 otherwise. @param id of the invocation. */
  batchSize(id: unknown): number {
    const event = this.#events.get(String(id));
    if (event === undefined) return 0;
    const size = this.#sizes.get(String(id)) ?? batchSizeOf(event);
    this.#sizes.set(String(id), size);
    return size;
  }

  /** @param id the id of an invocation, or one that the event contains, of a request or a record. */
  find(id: unknown): string | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    const quoted = JSON.stringify(id);
    return this.#events.get(id) ?? [...this.#events.values()].findLast((event) => event.includes(quoted));
  }
}

function batchSizeOf(text: string): number {
  try {
    const event: unknown = JSON.parse(text);
    const [adapter] = detectRecordAdapters(event);
    return adapter?.batches === true ? adapter.decode(event).length : 0;
  } catch {
    // Decoding a malformed event is the application's error, and has its own line.
    return 0;
  }
}
