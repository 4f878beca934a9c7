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

/** Calls consumers with the records of one event. */
export interface Caller {
  /**
   * Calls the consumer of a record, or of a batch. Errors of consumers become outcomes.
   *
   * @param batch All entries that are handed over at once, if there are more than the first one.
   * @param event The event that the consumer sees; that of the entry unless given.
   * @returns The call if it waits; otherwise it is over, and the outcomes are set.
   */
  begin(entry: RecordEntry, batch?: readonly RecordEntry[], event?: RecordEvent): Call | undefined;
  /**
   * Waits for calls until the time that they share is up.
   *
   * @param giveUp Ends the calls that are still waiting.
   */
  within(calls: Promise<void>, giveUp: (error: unknown) => Promise<void>): Promise<void>;
}

/** A call that waits. Its lane ends it with {@link done} or {@link failed}, which set the outcomes. */
export interface Call {
  readonly pending: Promise<unknown>;
  /** Whether its time is that of all calls of the event; otherwise it ends by itself in time. */
  readonly sharesTime: boolean;
  done(value: unknown): MaybePromise<void>;
  failed(error: unknown): MaybePromise<void>;
}

/**
 * Handles all records of an event. Groups keep their order and stop at a failure; a batch consumer gets all of its
 * records at once; all other records run concurrently, up to the lowest limit of their consumers.
 */
export function runRecords(
  all: readonly RecordEntry[],
  caller: Caller,
  defaultConcurrency: number,
): MaybePromise<void> {
  const entries = all.some(({ record }) => record.malformed) ? withoutStopped(all) : all;
  const queue = new Queue(entries);
  const lanes: Lane[] = [];
  // The first lane takes all records of consumers that never wait.
  for (let limit = concurrencyOf(entries, defaultConcurrency); limit > 0 && !queue.isEmpty; limit--) {
    const lane = new Lane(queue, caller);
    if (lane.running) lanes.push(lane);
  }
  if (lanes.length === 0) return undefined;
  const running = Promise.all(lanes.map((lane) => lane.running)).then(() => undefined);
  return caller.within(running, async (error) => {
    await Promise.all(lanes.map((lane) => lane.giveUp(error)));
  });
}

function concurrencyOf(entries: readonly RecordEntry[], defaultConcurrency: number): number {
  return entries.reduce(
    (least, { consumer }) => Math.min(least, consumer?.metadata.concurrency ?? defaultConcurrency),
    entries.length,
  );
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

/** The records that no lane has taken yet. */
class Queue {
  readonly #groups: ReadonlyMap<unknown, readonly RecordEntry[]>;
  #next = 0;

  constructor(readonly entries: readonly RecordEntry[]) {
    this.#groups = groupsOf(entries);
  }

  get isEmpty(): boolean {
    return this.#next >= this.entries.length;
  }

  /** Takes the next record. The first one of a group takes the others with it. */
  take(): RecordEntry | undefined {
    while (!this.isEmpty) {
      const entry = this.entries[this.#next++] as RecordEntry;
      const group = this.groupOf(entry);
      if (!group || group[0] === entry) return entry;
    }
    return undefined;
  }

  groupOf(entry: RecordEntry): readonly RecordEntry[] | undefined {
    return this.#groups.size === 0 ? undefined : this.#groups.get(keyOf(entry));
  }
}

function groupsOf(entries: readonly RecordEntry[]): ReadonlyMap<unknown, readonly RecordEntry[]> {
  const groups = new Map<unknown, RecordEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** Returns what a record is grouped by: its batch consumer, or its group; most have neither. */
function keyOf({ consumer, record }: RecordEntry): Consumer | string | undefined {
  return consumer?.metadata.batch ? consumer : record.group;
}

/** Takes records from the queue and handles one after the other. Nothing that never waits costs a promise. */
class Lane {
  /** Settled once the queue is empty, and this lane's last call over; `undefined` if no call waited. */
  readonly running: Promise<void> | undefined;
  #group: Iterator<RecordEntry> | undefined;
  #call: Call | undefined;
  #isOver = false;

  constructor(
    private readonly queue: Queue,
    private readonly caller: Caller,
  ) {
    const call = this.#begin();
    this.running = call && this.#goOn(call);
  }

  /** Ends the call that is waited for, unless it ends by itself, and begins no other. */
  async giveUp(error: unknown): Promise<void> {
    this.#isOver = true;
    const call = this.#call;
    if (!call?.sharesTime) return this.running;
    this.#call = undefined;
    await call.failed(error);
  }

  /** Begins calls until one waits, and returns that. */
  #begin(): Call | undefined {
    for (let entry = this.#next(); entry; entry = this.#next()) {
      const call = this.caller.begin(entry, entry.consumer?.metadata.batch ? this.queue.groupOf(entry) : undefined);
      if (call) return call;
    }
    return undefined;
  }

  async #goOn(first: Call): Promise<void> {
    for (let call: Call | undefined = first; call; call = this.#isOver ? undefined : this.#begin()) {
      this.#call = call;
      let ending: MaybePromise<void>;
      try {
        const value = await call.pending;
        if (this.#call !== call) return;
        ending = call.done(value);
      } catch (error) {
        if (this.#call !== call) return;
        ending = call.failed(error);
      }
      this.#call = undefined;
      if (isPromiseLike(ending)) await ending;
    }
  }

  #next(): RecordEntry | undefined {
    const next = this.#group?.next();
    if (next?.done === false) return next.value;
    const entry = this.queue.take();
    const group = entry && this.queue.groupOf(entry);
    this.#group = group && !entry.consumer?.metadata.batch ? inOrder(group) : undefined;
    return this.#group ? (this.#group.next().value as RecordEntry) : entry;
  }
}

/** Iterates over a group in order, up to the first record that fails. */
function* inOrder(group: readonly RecordEntry[]): Generator<RecordEntry, void> {
  let stopped = false;
  for (const entry of group) {
    if (stopped) entry.outcome = groupStopped(entry.record);
    else yield entry;
    stopped = entry.outcome.failed;
  }
}
