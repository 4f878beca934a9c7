import type { RecordAdapter, SourceRecord } from '../contracts/record-adapter.js';
import type { DeclaredConsumer } from './criteria.js';
import type { Takers } from './takers.js';

/** An event, as a source of records that has its shape reads it. */
export interface DecodedEvent {
  readonly adapter: RecordAdapter;
  readonly records: readonly SourceRecord[];
}

/**
 * Reads an event's records. Where it has the shape of two sources, the first one that a consumer is there for reads it.
 *
 * @returns `undefined` without a source.
 */
export function readEvent(
  event: unknown,
  adapters: readonly RecordAdapter[],
  takers: Takers<DeclaredConsumer>,
): DecodedEvent | undefined {
  const decoded = adapters.map((adapter) => ({ adapter, records: adapter.decode(event) }));
  const [first] = decoded;
  if (decoded.length < 2) return first;
  return decoded.find(({ adapter, records }) => records.some((record) => takers.find(adapter.source, record))) ?? first;
}
