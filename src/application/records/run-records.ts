import type { RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { GatewayTimeoutException } from '../../errors/exceptions.js';
import type { CarriedRequest } from '../../events/carried/carried-request.js';
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
  /** The reason why no consumer takes it. */
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
export interface ConsumerCaller {
  /**
   * Calls the consumer of a record, or of a batch. Errors of consumers become outcomes.
   *
   * @param batch All entries that are handed over at once, if there are more than the first one.
   * @param event The event that the consumer sees; that of the entry unless given.
   * @returns The call if it waits; otherwise it is over, and the outcomes are set.
   */
  begin(entry: RecordEntry, batch?: readonly RecordEntry[], event?: RecordEvent): Call | undefined;
  /**
   * Called when calls wait.
   *
   * @param giveUp Ends those that still wait when the time that they share is up.
   */
  waits(giveUp: (error: unknown) => void): void;
  /** Called when no call waits any more. */
  ended(): void;
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
 * records at once, but for those of groups that it shares with other consumers; all other records run concurrently, up
 * to the lowest limit of their consumers.
 */
export function runRecords(
  all: readonly RecordEntry[],
  caller: ConsumerCaller,
  defaultConcurrency: number,
): MaybePromise<void> {
  const entries = all.some(({ record }) => record.malformed) ? withoutStopped(all) : all;
  return new Run(entries, caller, defaultConcurrency).start();
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

const NONE: ReadonlySet<string> = new Set();

/** Returns the groups whose records go to several consumers. */
function sharedGroups(entries: readonly RecordEntry[]): ReadonlySet<string> {
  const [first] = entries;
  if (entries.every(({ consumer }) => consumer === first?.consumer)) return NONE;
  const shared = new Set<string>();
  const takers = new Map<string, Consumer | undefined>();
  for (const { consumer, record } of entries) {
    if (record.group === undefined) continue;
    if (!takers.has(record.group)) takers.set(record.group, consumer);
    else if (takers.get(record.group) !== consumer) shared.add(record.group);
  }
  return shared;
}

/** The run of an event's records, in lanes side by side. Without a call that waits, it costs no promise. */
class Run {
  #groups: Map<unknown, RecordEntry[]> | undefined;
  /** The groups that several consumers take records of; `undefined` without a batch consumer. */
  #shared: ReadonlySet<string> | undefined;
  /** The number of records that lanes have taken. */
  #taken = 0;
  #concurrency: number;
  #lanes: Lane[] = [];
  #running = 0;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(
    private readonly entries: readonly RecordEntry[],
    readonly caller: ConsumerCaller,
    defaultConcurrency: number,
  ) {
    this.#concurrency = entries.length;
    for (const entry of entries) {
      const limit = entry.consumer?.metadata.concurrency ?? defaultConcurrency;
      if (limit < this.#concurrency) this.#concurrency = limit;
      const key = this.#keyOf(entry);
      if (key !== undefined) this.#addToGroup(key, entry);
    }
  }

  start(): MaybePromise<void> {
    // A lane takes all records until one waits.
    for (let limit = this.#concurrency; limit > 0 && this.#taken < this.entries.length; limit--) {
      const lane = new Lane(this);
      if (lane.begin()) this.#lanes.push(lane);
    }
    this.#running = this.#lanes.length;
    if (this.#running === 0) return undefined;
    this.caller.waits((error) => {
      for (const lane of this.#lanes) lane.giveUp(error);
    });
    return new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Takes the next record. The first one of a group takes the others with it. */
  take(): RecordEntry | undefined {
    while (this.#taken < this.entries.length) {
      const entry = this.entries[this.#taken++] as RecordEntry;
      if (!this.#groups) return entry;
      const group = this.groupOf(entry);
      if (!group || group[0] === entry) return entry;
    }
    return undefined;
  }

  groupOf(entry: RecordEntry): readonly RecordEntry[] | undefined {
    return this.#groups?.get(this.#keyOf(entry));
  }

  /** Called by each lane that has waited, when it has nothing left to do. */
  leave(): void {
    this.#running--;
    if (this.#running > 0) return;
    this.caller.ended();
    this.#resolve();
  }

  fail(error: unknown): void {
    this.caller.ended();
    this.#reject(error);
  }

  /** Returns what a record is grouped by: its batch consumer, or its group; most have neither. */
  #keyOf({ consumer, record }: RecordEntry): Consumer | string | undefined {
    if (!consumer?.metadata.batch) return record.group;
    if (record.group === undefined) return consumer;
    this.#shared ??= sharedGroups(this.entries);
    return this.#shared.has(record.group) ? record.group : consumer;
  }

  #addToGroup(key: unknown, entry: RecordEntry): void {
    this.#groups ??= new Map();
    const group = this.#groups.get(key);
    if (group) group.push(entry);
    else this.#groups.set(key, [entry]);
  }
}

/** Takes pending records and handles one after the other. */
class Lane {
  #group: Iterator<readonly RecordEntry[], void> | undefined;
  /** The records of a group that are handled now: one, or those that a batch consumer gets at once. */
  #step: readonly RecordEntry[] | undefined;
  /** The call that is waited for. */
  #call: Call | undefined;
  #isOver = false;

  constructor(private readonly run: Run) {}

  /** Begins calls until one waits. Returns whether one does; then the lane leaves the run by itself. */
  begin(): boolean {
    const { run } = this;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      const call = run.caller.begin(entry, entry.consumer?.metadata.batch ? this.#step : undefined);
      if (!call) continue;
      this.#call = call;
      // The same two functions for every call: a record costs this one promise.
      call.pending.then(this.#done, this.#failed);
      return true;
    }
    return false;
  }

  /** Ends the call that is waited for, unless it ends by itself in time, and begins no other. */
  giveUp(error: unknown): void {
    this.#isOver = true;
    if (this.#call?.sharesTime) this.#failed(error);
  }

  readonly #done = (value: unknown): void => this.#end(false, value);
  readonly #failed = (error: unknown): void => this.#end(true, error);

  #end(failed: boolean, value: unknown): void {
    const call = this.#call;
    // Its time was up before.
    if (!call) return;
    this.#call = undefined;
    try {
      const ending = failed ? call.failed(value) : call.done(value);
      if (!isPromiseLike(ending)) this.#goOn();
      else ending.then(() => this.#goOn()).catch((error: unknown) => this.run.fail(error));
    } catch (error) {
      this.run.fail(error);
    }
  }

  #goOn(): void {
    if (this.#isOver || !this.begin()) this.run.leave();
  }

  #next(): RecordEntry | undefined {
    const following = this.#group?.next().value;
    if (following) return this.#take(following);
    const entry = this.run.take();
    const group = entry && this.run.groupOf(entry);
    this.#group = group && inOrder(group);
    return this.#group ? this.#take(this.#group.next().value as readonly RecordEntry[]) : entry;
  }

  #take(step: readonly RecordEntry[]): RecordEntry | undefined {
    this.#step = step;
    return step[0];
  }
}

/**
 * Iterates over a group in order, up to the first record that fails. Records in a row that go to the same batch
 * consumer are one step.
 */
function* inOrder(group: readonly RecordEntry[]): Generator<readonly RecordEntry[], void> {
  let stopped = false;
  for (let index = 0; index < group.length;) {
    const step = [group[index++] as RecordEntry];
    const { consumer } = step[0]!;
    while (consumer?.metadata.batch && group[index]?.consumer === consumer) step.push(group[index++] as RecordEntry);
    if (stopped) for (const entry of step) entry.outcome = groupStopped(entry.record);
    else yield step;
    stopped = step.some(({ outcome }) => outcome.failed);
  }
}
