import type { RecordOutcome } from '../contracts/record-adapter.js';
import { explain } from '../errors/explain.js';

/**
 * For sources that try a whole event again: any failure fails the invocation.
 *
 * @throws The error of the failed record, or an AggregateError of several.
 */
export function rejectFailures(outcomes: readonly RecordOutcome[]): undefined {
  const errors = outcomes.flatMap((outcome) => (outcome.failed ? [explain(outcome.error)] : []));
  if (errors.length === 0) return undefined;
  if (errors.length === 1) throw errors[0];
  throw new AggregateError(errors, `${errors.length} of ${outcomes.length} records failed; the first one: ${String(errors[0])}`);
}
