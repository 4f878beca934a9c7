import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import type { Consumer } from './consumer.js';
import { groupStopped } from './group-stopped.js';
import { type Job, runLanes } from './run-lanes.js';

/** A record of an event, and who takes it. */
export interface BatchEntry {
  readonly record: SourceRecord;
  readonly index: number;
  readonly consumer: Consumer | undefined;
}

/** Handles one record or, for a batch consumer, several; gives an outcome an entry and doesn't throw. */
export type Handle = (entries: readonly BatchEntry[]) => Promise<readonly RecordOutcome[]>;

/**
 * Handles all records of an event, and gives an outcome a record, in their order. Groups keep their order and end at
 * a failure; everything else runs side by side, up to the least of its consumers' limits.
 */
export async function runBatch(
  entries: readonly BatchEntry[],
  handle: Handle,
  defaultConcurrency: number,
): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  const run = async (some: readonly BatchEntry[]): Promise<boolean> => {
    const results = await handle(some);
    some.forEach(({ index }, position) => (outcomes[index] = results[position] as RecordOutcome));
    return results.some(({ failed }) => failed);
  };
  const lanes = lanesOf(entries).map((lane) => laneJobs(lane, run, outcomes));
  const limits = new Set(entries.map(({ consumer }) => consumer?.metadata.concurrency ?? defaultConcurrency));
  await runLanes(lanes, Math.min(lanes.length, ...limits));
  return outcomes;
}

type Lane = readonly (readonly BatchEntry[])[];

/** A lane a group, a record without one being a group by itself; a lane a batch consumer, with all of its records in one step. */
function lanesOf(entries: readonly BatchEntry[]): Lane[] {
  const batches = new Map<Consumer, BatchEntry[]>();
  const groups = new Map<string | number, BatchEntry[][]>();
  for (const entry of entries) {
    const { consumer, record, index } = entry;
    if (consumer?.metadata.batch) collect(batches, consumer, entry);
    else collect(groups, record.group ?? index, [entry]);
  }
  return [...groups.values(), ...Array.from(batches.values(), (batch) => [batch])];
}

function collect<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function laneJobs(lane: Lane, run: (some: readonly BatchEntry[]) => Promise<boolean>, outcomes: RecordOutcome[]): Job[] {
  let stopped = false;
  return lane.map((step) => async () => {
    if (!stopped) stopped = await run(step);
    else for (const { record, index } of step) outcomes[index] = groupStopped(record);
  });
}
