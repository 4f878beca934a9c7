import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';

/** Said of records that come after a failed one of their group: they are not tried, for that would break their order. */
export class GroupStoppedError extends Error {
  override readonly name = 'GroupStoppedError';
}

export function groupStopped({ group }: SourceRecord): RecordOutcome {
  const message = `An earlier record of the group ${group} failed: this one was not tried, it comes again in its turn.`;
  return { failed: true, error: new GroupStoppedError(message) };
}
