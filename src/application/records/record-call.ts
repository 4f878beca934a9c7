import { enterEventFields, type EventFields, RecordFields } from '../../logging/logger/event-fields.js';
import type { Deadline } from '../../pipeline/deadline.js';
import { isPromiseLike, native } from '../../shared/promise.js';
import { monotonicTime, timeLeft } from '../../shared/time.js';
import type { MaybePromise } from '../../shared/types.js';
import { eventDeadline } from '../event/event-deadline.js';
import { type EventSteps, failEvent, succeedEvent } from '../event/run-event.js';
import { failRecord, RecordContext, type RecordContextOptions, type RecordEvent } from './record-context.js';
import type { Call, ConsumerCaller, RecordEntry } from './run-records.js';

/** Options for the records of an application. */
export interface RecordCallOptions extends RecordContextOptions {
  readonly steps: EventSteps<RecordCall, unknown, void>;
}

/** One call of a consumer with one record or, for `{ batch: true }`, several, and its context. */
export class RecordCall extends RecordContext implements Call {
  pending!: Promise<unknown>;
  declare protected readonly options: RecordCallOptions;
  /** The deadline that it shares with other calls. */
  #time: Deadline | undefined;
  readonly #start: number;
  readonly #invocation: EventFields;
  #log: EventFields | undefined;

  /** @param entries All entries that are handed over at once. */
  constructor(
    { options, invocation, now }: RecordCaller,
    readonly entry: RecordEntry,
    readonly entries: readonly RecordEntry[] | undefined,
    event: RecordEvent,
  ) {
    super(
      event,
      entry.record,
      event.adapter.awaited ? { ...options, policy: failRecord } : options,
      entries?.map(({ record }) => record),
    );
    this.#start = now;
    this.#invocation = invocation;
  }

  /** Created on first use: most records write no line. */
  get log(): EventFields {
    const { awsRequestId } = this.lambdaContext;
    return (this.#log ??= new RecordFields(this.#invocation, this.record.id || awsRequestId, this.lambdaContext, this));
  }

  get sharesTime(): boolean {
    return this.#time !== undefined;
  }

  override get start(): number {
    return this.#start;
  }

  override get isOutOfTime(): boolean {
    return super.isOutOfTime || (this.#time?.isOver ?? false);
  }

  /**
   * Notes that it waits. Until something asks for its own deadline, all calls share one, so that a record costs no
   * timer.
   *
   * @param time The deadline of all calls; `undefined` if the invocation's time is unknown.
   */
  waitFor(work: Promise<unknown>, time: Deadline | undefined): this {
    this.work = native(work);
    if (!this.hasDeadline) this.#time = time;
    this.pending = this.#time ? this.work : (this.deadline.race(this.work) as Promise<unknown>);
    return this;
  }

  done(value: unknown): MaybePromise<void> {
    return succeedEvent(value, this, this.options.steps);
  }

  failed(error: unknown): MaybePromise<void> {
    // The time may be up while another record goes on.
    enterEventFields(this);
    // Something may have asked for the call's own signal since it waits.
    if (this.#time && this.hasDeadline) this.deadline.expireWith(this.#time);
    return failEvent(error, this, this.options.steps);
  }
}

/** From so many milliseconds before its end on, the invocation's time is read for every record. */
const NEARLY_OVER = 1000;

/** Calls consumers with the records of one event. Use it inside of the log data that they have in common. */
export class RecordCaller implements ConsumerCaller {
  /** Milliseconds of the monotonic clock when the last call began. */
  now = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #left = 0;
  #time: Deadline | undefined;

  constructor(
    readonly options: RecordCallOptions,
    /** The log data that all records have in common. */
    readonly invocation: EventFields,
  ) {}

  begin(entry: RecordEntry, batch?: readonly RecordEntry[], event = entry.event): Call | undefined {
    this.now = monotonicTime();
    // Without time nothing is started, and no line written either: a long batch would have too many.
    if (this.#timeLeft(event) <= 0) return undefined;
    const call = new RecordCall(this, entry, batch, event);
    enterEventFields(call);
    let value: MaybePromise<unknown>;
    try {
      value = this.options.steps.handle(call);
    } catch (error) {
      return ending(call.failed(error));
    }
    if (!isPromiseLike(value)) return ending(call.done(value));
    return call.waitFor(value, this.#sharedTime(event));
  }

  waits(giveUp: (error: unknown) => void): void {
    this.invocation.keepTraceId();
    this.#time?.whenOver(giveUp);
  }

  ended(): void {
    this.#time?.end();
  }

  /**
   * Returns the milliseconds that the invocation has left. Asks Lambda once a millisecond at most, until it is nearly
   * over: it would read a second clock for every record, at 0.1 µs.
   */
  #timeLeft({ lambdaContext }: RecordEvent): number {
    if (this.now - this.#askedAt < 1 && this.#left > NEARLY_OVER) return this.#left;
    this.#askedAt = this.now;
    return (this.#left = timeLeft(lambdaContext) - this.options.timeoutMargin);
  }

  /** Returns the deadline that all calls share. Where the time of the invocation is unknown, each call has its own. */
  #sharedTime({ lambdaContext }: RecordEvent): Deadline | undefined {
    if (this.#left === Number.POSITIVE_INFINITY) return undefined;
    return (this.#time ??= eventDeadline(lambdaContext, this.options, false));
  }
}

/** Returns a call that is over but for the disposal of its instances; nothing where there is none to wait for. */
function ending(disposal: MaybePromise<void>): Call | undefined {
  if (disposal === undefined) return undefined;
  return isPromiseLike(disposal) ? { pending: disposal, sharesTime: false, done: nothing, failed: rethrow } : undefined;
}

function nothing(): void {}

function rethrow(error: unknown): never {
  throw error;
}
