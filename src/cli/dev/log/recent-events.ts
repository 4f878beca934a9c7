import { detectRecordAdapters } from '../../../events/detection/record-adapters.js';

/** The number of events to remember. */
const SIZE = 50;

interface RecentEvent {
  /** The event as JSON. */
  readonly text: string;
  /** Counted when it is asked for first: an event may have thousands of records, each with a line. */
  batchSize?: number;
}

/** The latest events by invocation id, so that the log can show what caused an error. */
export class RecentEvents {
  readonly #events = new Map<string, RecentEvent>();

  /** @param text the event as JSON. */
  add(id: string, text: string): void {
    this.#events.set(id, { text });
    const [oldest] = this.#events.keys();
    if (this.#events.size > SIZE) this.#events.delete(oldest!);
  }

  /** Returns how many records an event has if it gets a batch line; 0 otherwise. @param id of the invocation. */
  batchSize(id: unknown): number {
    const event = this.#events.get(String(id));
    return event ? (event.batchSize ??= batchSizeOf(event.text)) : 0;
  }

  /** @param id the id of an invocation, or one that the event contains, of a request or a record. */
  find(id: unknown): string | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    const quoted = JSON.stringify(id);
    const event = this.#events.get(id) ?? [...this.#events.values()].findLast(({ text }) => text.includes(quoted));
    return event?.text;
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
