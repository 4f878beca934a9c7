import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { soleResult } from './results/batch-item-failures.js';

/** Any event that an `@OnEvent` method accepts. The method's result is returned as it is. */
export const directInvocation: RecordAdapter = {
  source: 'event',
  batches: false,
  awaited: true,
  detect: (_event): _event is unknown => false,
  decode: (event) => wholeEvent(event),
  encode: soleResult,
};

/**
 * Returns an event as its only record.
 *
 * @param mayLack Members that the sender may leave out.
 */
export function wholeEvent(event: unknown, mayLack?: readonly string[]): [SourceRecord] {
  return [{ raw: event, id: '', attributes: {}, mayLack, content: () => event }];
}
