import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import { chain } from '../shared/promise.js';
import { sizedArray } from '../shared/sized-array.js';
import type { MaybePromise } from '../shared/types.js';
import type { Consumer } from './consumer.js';
import { groupStopped } from './group-stopped.js';
import { inTurn, sideBySide } from './in-turn.js';

/** A record of an event, and who takes it. */
export interface BatchEntry {
  readonly record: SourceRecord;
  readonly index: number;
  readonly consumer: Consumer | undefined;
}

/** Handles one record or, for a batch consumer, several; gives an outcome an entry and doesn't throw. */
export type Handle = (entries: readonly BatchEntry[]) => MaybePromise<readonly RecordOutcome[]>;

/**
 * Handles all records of an event, and gives an outcome a record, in their order. Groups keep their order and end at
 * a failure; everything else runs side by side, up to the least of its consumers' limits.
 */
export function runBatch(
  entries: readonly BatchEntry[],
  handle: Handle,
  defaultConcurrency: number,
): MaybePromise<readonly RecordOutcome[]> {
  const outcomes = sizedArray<RecordOutcome>(entries.length);
  const lanes = lanesOf(entries);
  const limits = new Set(entries.map(({ consumer }) => consumer?.metadata.concurrency ?? defaultConcurrency));
  const running = sideBySide(lanes, Math.min(lanes.length, ...limits), (lane) => runLane(lane, handle, outcomes));
  return chain(running, () => outcomes);
}

/** Steps that wait for each other: the entries of each are handed over together. */
type Lane = readonly (readonly BatchEntry[])[];

/** A lane a group, a record without one being a group by itself; a lane a batch consumer, with all of its records in one step. */
function lanesOf(entries: readonly BatchEntry[]): Lane[] {
  const lanes: BatchEntry[][][] = [];
  const batches = new Map<Consumer, BatchEntry[]>();
  const groups = new Map<string, BatchEntry[][]>();
  for (const entry of entries) {
    const { consumer, record } = entry;
    if (consumer?.metadata.batch) laneFor(batches, consumer, entry);
    else if (record.group === undefined) lanes.push([[entry]]);
    else laneFor(groups, record.group, [entry], lanes);
  }
  return [...lanes, ...Array.from(batches.values(), (batch) => [batch])];
}

/** Adds to the list that has the key; a new list is begun where there is none, and put among `all`. */
function laneFor<K, V>(lists: Map<K, V[]>, key: K, value: V, all?: V[][]): void {
  const list = lists.get(key);
  if (list) {
    list.push(value);
    return;
  }
  const begun = [value];
  lists.set(key, begun);
  all?.push(begun);
}

function runLane(lane: Lane, handle: Handle, outcomes: RecordOutcome[]): MaybePromise<void> {
  let stopped = false;
  return inTurn(lane[Symbol.iterator](), (step) => {
    const results = stopped ? step.map(({ record }) => groupStopped(record)) : handle(step);
    return chain(results, (known) => {
      stopped ||= known.some(({ failed }) => failed);
      step.forEach(({ index }, position) => (outcomes[index] = known[position]!));
    });
  });
}
