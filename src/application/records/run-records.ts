import type { RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { GatewayTimeoutException } from '../../errors/exceptions.js';
import type { CarriedRequest } from '../../events/carried-request.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { Consumer } from './consumer-registry.js';
import { groupStopped, type RecordEvent } from './record-context.js';

/** A record with its consumer and its outcome. */
export interface RecordEntry {
  readonly record: SourceRecord;
  /** The event that has the record. */
  readonly event: RecordEvent;
  readonly consumer: Consumer | undefined;
  /** The request that it carries, for the routes, instead of a consumer. */
  readonly request?: CarriedRequest;
  /** Why no consumer takes it. */
  readonly error?: unknown;
  /** A failure until the record has been tried. */
  outcome: RecordOutcome;
}

/** The outcome of a record at first, and at the end if the invocation's time is up before its turn. */
export const NOT_TRIED: RecordOutcome = {
  failed: true,
  error: new GatewayTimeoutException(undefined, { errorDetail: 'Not tried: the invocation had no time left' }),
};

/**
 * Handles one record or, for a batch consumer, several: sets the outcome of each, and never throws.
 *
 * @param event The event that the consumer sees; that of the entries unless given.
 */
export type Handle = (step: readonly RecordEntry[], event?: RecordEvent) => MaybePromise<void>;

/**
 * Handles all records of an event. Groups keep their order and stop at a failure; a batch consumer gets all of its
 * records at once; all other records run concurrently, up to the lowest limit of their consumers.
 */
export function runRecords(
  all: readonly RecordEntry[],
  handle: Handle,
  defaultConcurrency: number,
): MaybePromise<void> {
  const entries = all.some(({ record }) => record.malformed) ? withoutStopped(all) : all;
  const groups = groupsOf(entries);
  const limit = entries.reduce(
    (least, { consumer }) => Math.min(least, consumer?.metadata.concurrency ?? defaultConcurrency),
    entries.length,
  );
  return sideBySide(entries, limit, (entry) => {
    const group = groups.get(groupOf(entry));
    if (!group) return handle([entry]);
    // The first of a group takes the others with it.
    if (group[0] === entry) return entry.consumer?.metadata.batch ? handle(group) : runGroup(group, handle);
  });
}

/** Removes the records that follow a malformed one of their group, from those of batch consumers. */
function withoutStopped(entries: readonly RecordEntry[]): readonly RecordEntry[] {
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

/** Handles the records of a group in order, up to the first that fails. */
function runGroup(group: readonly RecordEntry[], handle: Handle): MaybePromise<void> {
  let before: RecordEntry | undefined;
  return inTurn(group[Symbol.iterator](), (entry) => {
    const stopped = before?.outcome.failed;
    before = entry;
    if (!stopped) return handle([entry]);
    entry.outcome = groupStopped(entry.record);
  });
}

function groupsOf(entries: readonly RecordEntry[]): ReadonlyMap<unknown, readonly RecordEntry[]> {
  const groups = new Map<unknown, RecordEntry[]>();
  for (const entry of entries) {
    const key = groupOf(entry);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** Returns what a record is grouped by: its batch consumer, or its group; most have neither. */
function groupOf({ consumer, record }: RecordEntry): Consumer | string | undefined {
  return consumer?.metadata.batch ? consumer : record.group;
}

/** Visits items one after the other; a visit that never waits costs no promise. */
function inTurn<T>(items: Iterator<T>, visit: (item: T) => MaybePromise<void>): MaybePromise<void> {
  for (let item = items.next(); !item.done; item = items.next()) {
    const visiting = visit(item.value);
    if (isPromiseLike(visiting)) return visitRest(visiting, items, visit);
  }
}

async function visitRest<T>(
  first: Promise<void>,
  items: Iterator<T>,
  visit: (item: T) => MaybePromise<void>,
): Promise<void> {
  await first;
  for (let item = items.next(); !item.done; item = items.next()) {
    const visiting = visit(item.value);
    if (isPromiseLike(visiting)) await visiting;
  }
}

/** Visits items concurrently, at most `limit` at a time. */
function sideBySide<T>(items: Iterable<T>, limit: number, visit: (item: T) => MaybePromise<void>): MaybePromise<void> {
  const waiting = items[Symbol.iterator]();
  const working = Array.from({ length: limit }, () => inTurn(waiting, visit)).filter(isPromiseLike);
  if (working.length > 0) return Promise.all(working).then(() => undefined);
}
