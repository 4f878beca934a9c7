import type { Context as LambdaContext } from 'aws-lambda';
import type { BatchContext } from '../../binding/compile-batch-binder.js';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields, Logger } from '../../contracts/logger.js';
import { describeValue } from '../../errors/describe-value.js';
import type { Request } from '../../http/request/request.js';
import type { Response } from '../../http/response/response.js';
import { recordFields } from '../../logging/access-log/record-log.js';
import type { EventLog, StandardFields } from '../../logging/logger/event-log.js';
import { EventInstances } from '../../modules/instances/event-scope.js';
import type { ErrorHandler } from '../../pipeline/filters.js';
import { isObservable } from '../../shared/observable.js';
import { EventContext, type EventContextOptions } from '../event/event-context.js';
import type { BatchOptions } from '../options/batch-options.js';
import { MissingRequestError } from './missing-request.js';

/** An event with records, while they are handled. */
export interface RecordEvent {
  readonly adapter: RecordAdapter;
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** What Lambda delivered, where the event came in a message of it. */
  readonly delivered?: unknown;
}

/** What the application decides for the context of every record. */
export interface RecordContextOptions extends EventContextOptions {
  readonly policy: InvalidPolicy;
}

/** The context of one record, or of all of an event's records that are handed over at once. */
export class RecordContext extends EventContext implements BatchContext, StandardFields {
  /** Of a batch: what is told of the error of each record that is left out of it. */
  filter: ErrorHandler | undefined;
  declare protected readonly options: RecordContextOptions;
  #ofRecords: RecordContext[] | undefined;
  #refused: Map<number, RecordOutcome> | undefined;
  /** By the index of the record at which it ended: those before it may have been admitted. */
  #stoppedGroups: Map<string, number> | undefined;

  constructor(
    readonly batch: RecordEvent,
    readonly records: readonly SourceRecord[],
    options: RecordContextOptions,
  ) {
    super(batch.event, batch.lambdaContext, options);
  }

  /** What became of a record that can't be handed over; `undefined` for all others. */
  refusedAt(index: number): RecordOutcome | undefined {
    return this.#refused?.get(index);
  }

  /** Nothing is left to hand over. */
  get allRefused(): boolean {
    return this.#refused?.size === this.records.length;
  }

  /** The record; of a batch the first. */
  get record(): SourceRecord {
    return this.records[0] as SourceRecord;
  }

  get request(): Request {
    return this.#noRequest();
  }

  get response(): Response {
    return this.#noRequest();
  }

  protected get hasGateway(): boolean {
    return false;
  }

  getType(): string {
    return this.batch.adapter.source;
  }

  standardFields(log: EventLog): LogFields {
    return recordFields({ record: this.record, consumer: this.target }, this.batch, log);
  }

  /**
   * What has been refused is left out, and so is a record whose group has ended: it has failed with the one before it.
   */
  *each(): Iterable<readonly [number, RecordContext]> {
    for (const [index, record] of this.records.entries()) {
      if (this.#refused?.has(index)) continue;
      if (this.#isStopped(record, index)) this.#refuse(index, groupStopped(record));
      else yield [index, this.#of(index)];
    }
  }

  refuse(index: number, error: unknown): Promise<void> {
    return this.#leaveOut(index, error, this.options.policy);
  }

  /** Says of one record that it must not be handed over, which is a failure under every policy. */
  fail(index: number, error: unknown): Promise<void> {
    return this.#leaveOut(index, error, failRecord);
  }

  /** None can be handed over; what was said of one before stays. */
  async refuseAll(error: unknown): Promise<void> {
    for (const index of this.records.keys()) await this.refuse(index, error);
  }

  async #leaveOut(index: number, error: unknown, policy: InvalidPolicy): Promise<void> {
    if (this.#refused?.has(index)) return;
    const record = this.records[index] as SourceRecord;
    const outcome = await policy(record, await this.#filtered(index, error));
    this.#refuse(index, outcome);
    if (outcome.failed && record.group !== undefined) (this.#stoppedGroups ??= new Map()).set(record.group, index);
  }

  #isStopped({ group }: SourceRecord, index: number): boolean {
    const end = group === undefined ? undefined : this.#stoppedGroups?.get(group);
    return end !== undefined && end < index;
  }

  /** The error, or the one that a filter throws in its place. */
  async #filtered(index: number, error: unknown): Promise<unknown> {
    try {
      await this.filter?.(error, this.#of(index));
      return error;
    } catch (second) {
      return second;
    }
  }

  /** One and the same for guards, arguments and filters. */
  #of(index: number): RecordContext {
    const known = this.#ofRecords?.[index];
    if (known) return known;
    // What is made for a record is the batch's, and is disposed of with it.
    this.scoped ??= new EventInstances();
    const context = new RecordContext(this.batch, [this.records[index] as SourceRecord], this.options);
    context.belongTo(this);
    return ((this.#ofRecords ??= [])[index] = context);
  }

  #refuse(index: number, outcome: RecordOutcome): void {
    (this.#refused ??= new Map()).set(index, outcome);
  }

  #noRequest(): never {
    throw new MissingRequestError(this.getType());
  }
}

/** What becomes of a record that can't be parsed or validated; doesn't throw. */
type InvalidPolicy = (record: SourceRecord, error: unknown) => Promise<RecordOutcome>;

export const failRecord: InvalidPolicy = async (_, error) => ({ failed: true, error });

/** The option `batch.invalid` as a function. */
export function invalidPolicy(invalid: Required<BatchOptions>['invalid'], logger: Logger): InvalidPolicy {
  if (invalid === 'fail') return failRecord;
  return async (record, error) => {
    try {
      if (invalid === 'drop') logger.warning('Dropped a record that is not valid', { record: record.id, error });
      else refuseAnswer(await invalid(record, error));
      return { failed: false, value: undefined };
    } catch (second) {
      return { failed: true, error: second };
    }
  };
}

/** What isn't understood is no success: the record would be gone. */
function refuseAnswer(answer: unknown): void {
  if (answer !== false && !isObservable(answer)) return;
  const rule = 'it returns when it has taken the record, and throws when it has not';
  throw new TypeError(`The function batch.invalid answered with ${describeValue(answer)}: ${rule}.`);
}

/**
 * Said of records that come after a failed one of their group: they are not tried, for that would break their order.
 */
class GroupStoppedError extends Error {
  override readonly name = 'GroupStoppedError';
}

export function groupStopped({ group }: SourceRecord): RecordOutcome {
  const message = `An earlier record of the group ${group} failed: this one was not tried, it comes again in its turn.`;
  return { failed: true, error: new GroupStoppedError(message) };
}
