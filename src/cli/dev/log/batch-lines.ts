import type { LogLine } from './log-line.js';
import type { RecentEvents } from './recent-events.js';

/** The consumers and errors of a batch whose lines came before the line of the batch. */
interface OpenBatch {
  readonly consumers: Set<unknown>;
  readonly errors: Set<unknown>;
}

/**
 * Sums the lines of a batch up, so that each batch has one title: the line of its only record, or its own line, before
 * which only records that failed have lines, each error once.
 */
export class BatchLines {
  readonly #open = new Map<unknown, OpenBatch>();

  constructor(private readonly events: RecentEvents) {}

  /** Returns a line, with the consumer if it is that of a batch; `undefined` if another line says the same. */
  summed(line: LogLine): LogLine | undefined {
    const { fields } = line;
    if (fields['type'] === 'batch') return this.#batch(line);
    if (fields['type'] !== 'record' || this.events.batchSize(fields['request_id']) < 2) return line;
    const { consumers, errors } = this.#openBatch(fields['request_id']);
    consumers.add(fields['consumer']);
    if (fields['status'] === 'ok' || errors.has(fields['error_detail'])) return undefined;
    errors.add(fields['error_detail']);
    return line;
  }

  #batch({ level, fields }: LogLine): LogLine | undefined {
    const { consumers } = this.#openBatch(fields['id']);
    this.#open.delete(fields['id']);
    if (fields['records'] === 1) return undefined;
    const [consumer] = consumers;
    return consumers.size === 1 ? { level, fields: { ...fields, consumer } } : { level, fields };
  }

  #openBatch(id: unknown): OpenBatch {
    const open = this.#open.get(id) ?? { consumers: new Set(), errors: new Set() };
    this.#open.set(id, open);
    return open;
  }
}
