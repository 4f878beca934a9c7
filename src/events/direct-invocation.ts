import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { soleResult } from './outcomes.js';

/** An event as it is: whatever a method with `@OnEvent` says yes to. Its result is the method's. */
export const directInvocation: RecordAdapter = {
  source: 'event',
  batches: false,
  // Lambda knows results and failures, and nothing in between.
  isRefusal: () => false,
  detect: (_event): _event is unknown => false,
  decode: (event) => wholeEvent(event),
  encode: soleResult,
};

/**
 * An event as its only record.
 *
 * @param mayLack Members that whoever sends it leaves out where there is nothing to tell.
 */
export function wholeEvent(event: unknown, mayLack?: readonly string[]): [SourceRecord] {
  return [{ raw: event, id: '', attributes: {}, mayLack, content: () => event }];
}
