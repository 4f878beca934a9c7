import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import { GatewayTimeoutException } from '../errors/exceptions.js';
import type { CarriedRequest } from '../events/carried-request.js';
import type { MaybePromise } from '../shared/types.js';
import type { Consumer } from './consumer.js';
import { groupStopped } from './group-stopped.js';
import { inTurn, sideBySide } from './in-turn.js';
import type { RecordEvent } from './record-event.js';

/** A record, who takes it, and what became of it. */
export interface BatchEntry {
  readonly record: SourceRecord;
  /** The event that it is of. */
  readonly event: RecordEvent;
  readonly consumer: Consumer | undefined;
  /** For the routes, instead of a consumer. */
  readonly request?: CarriedRequest;
  /** Why nobody takes it. */
  readonly error?: unknown;
  /** A failure until the record has been tried. */
  outcome: RecordOutcome;
}

/** What a record begins with: it stays so where the invocation's time is up before its turn. */
export const NOT_TRIED: RecordOutcome = {
  failed: true,
  error: new GatewayTimeoutException(undefined, { errorDetail: 'Not tried: the invocation had no time left' }),
};

/** Handles one record or, for a batch consumer, several: sets the outcome of each and doesn't throw. */
export type Handle = (step: readonly BatchEntry[]) => MaybePromise<void>;

/**
 * Handles all records of an event. Groups keep their order and end at a failure; a batch consumer gets all of its records
 * at once; everything else runs side by side, up to the least of its consumers' limits.
 */
export function runBatch(all: readonly BatchEntry[], handle: Handle, defaultConcurrency: number): MaybePromise<void> {
  const entries = all.some(({ record }) => record.malformed) ? withoutStopped(all) : all;
  const groups = groupsOf(entries);
  const limit = entries.reduce((least, { consumer }) => Math.min(least, consumer?.metadata.concurrency ?? defaultConcurrency), entries.length);
  return sideBySide(entries, limit, (entry) => {
    const group = groups.get(groupOf(entry));
    if (!group) return handle([entry]);
    // The first of a group takes the others with it.
    if (group[0] === entry) return entry.consumer?.metadata.batch ? handle(group) : runGroup(group, handle);
  });
}

/** A batch consumer is not given what comes after a malformed record of the same group, which fails by itself. */
function withoutStopped(entries: readonly BatchEntry[]): readonly BatchEntry[] {
  const ended = new Set<string>();
  return entries.filter((entry) => {
    const { group, malformed } = entry.record;
    if (group === undefined) return true;
    if (malformed) ended.add(group);
    if (!entry.consumer?.metadata.batch || !ended.has(group)) return true;
    entry.outcome = groupStopped(entry.record);
    return false;
  });
}

/** One after the other, up to the first that fails. */
function runGroup(group: readonly BatchEntry[], handle: Handle): MaybePromise<void> {
  let before: BatchEntry | undefined;
  return inTurn(group[Symbol.iterator](), (entry) => {
    const stopped = before?.outcome.failed;
    before = entry;
    if (!stopped) return handle([entry]);
    entry.outcome = groupStopped(entry.record);
  });
}

function groupsOf(entries: readonly BatchEntry[]): ReadonlyMap<unknown, readonly BatchEntry[]> {
  const groups = new Map<unknown, BatchEntry[]>();
  for (const entry of entries) {
    const key = groupOf(entry);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** What a record waits for others by: its batch consumer, or its group; most have none. */
function groupOf({ consumer, record }: BatchEntry): Consumer | string | undefined {
  return consumer?.metadata.batch ? consumer : record.group;
}
