import type { Context as LambdaContext } from 'aws-lambda';
import type { BatchContext } from '../../binding/compile-batch-binder.js';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields, Logger } from '../../contracts/logger.js';
import { describeValue } from '../../errors/describe-value.js';
import type { Request } from '../../http/request/request.js';
import type { Response } from '../../http/response/response.js';
import { errorDetailOf } from '../../logging/access-log/error-detail.js';
import { reasonOf } from '../../logging/access-log/error-reason.js';
import { recordFields } from '../../logging/access-log/record-log.js';
import type { EventFields } from '../../logging/logger/event-fields.js';
import { EventInstances } from '../../modules/instances/event-scope.js';
import type { FilterChain } from '../../pipeline/filters.js';
import { isObservable } from '../../shared/observable.js';
import { EventContext } from '../event/event-context.js';
import type { TimeOptions } from '../options/application-config.js';
import type { BatchOptions } from '../options/record-options.js';
import { MissingRequestError } from './missing-request.js';

/** An event with records. */
export interface RecordEvent {
  readonly adapter: RecordAdapter;
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** The event that Lambda delivered, if this one was carried in a message of it. */
  readonly outermost?: unknown;
}

/** The application's options that apply to every record. */
export interface RecordContextOptions extends TimeOptions {
  readonly policy: InvalidPolicy;
}

/** The context of one record, or of a batch of records. */
export class RecordContext extends EventContext implements BatchContext {
  /** The filter of a batch method, called with the error of each record that is left out. */
  filter: FilterChain | undefined;
  declare protected readonly options: RecordContextOptions;
  #records: readonly SourceRecord[] | undefined;
  #ofRecords: RecordContext[] | undefined;
  #refused: Map<number, RecordOutcome> | undefined;
  /** The groups that have failed, with the index of the failed record: those before it may have been admitted. */
  #stoppedGroups: Map<string, number> | undefined;

  /**
   * @param record The record, or the first one of a batch.
   * @param records All records of a batch.
   */
  constructor(
    readonly batch: RecordEvent,
    readonly record: SourceRecord,
    options: RecordContextOptions,
    records?: readonly SourceRecord[],
  ) {
    super(batch.event, batch.lambdaContext, options);
    this.#records = records;
  }

  get records(): readonly SourceRecord[] {
    return (this.#records ??= [this.record]);
  }

  /** Returns the outcome of a refused record; `undefined` for all others. */
  refusedAt(index: number): RecordOutcome | undefined {
    return this.#refused?.get(index);
  }

  /** Whether no record is left. */
  get allRefused(): boolean {
    return this.#refused?.size === this.records.length;
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

  standardFields(log: EventFields): LogFields {
    return recordFields({ record: this.record, consumer: this.target }, this.batch, log);
  }

  /** Iterates over the records that are not refused. A record after a failed one of its group is refused as well. */
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

  /** Refuses one record as a failure, whatever the policy. */
  fail(index: number, error: unknown): Promise<void> {
    return this.#leaveOut(index, error, failRecord);
  }

  /** Refuses every record that is not refused yet. */
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

  /** Returns the error, or the one that a filter throws instead. */
  async #filtered(index: number, error: unknown): Promise<unknown> {
    try {
      await this.filter?.(error, this.#of(index));
      return error;
    } catch (second) {
      return second;
    }
  }

  /** Returns the context of one record, which guards, arguments and filters share. */
  #of(index: number): RecordContext {
    const known = this.#ofRecords?.[index];
    if (known) return known;
    // Instances for a record belong to the batch, and are disposed of with it.
    this.scoped ??= new EventInstances();
    const context = new RecordContext(this.batch, this.records[index] as SourceRecord, this.options);
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

/** Returns the outcome of a record that can't be parsed or validated; never throws. */
type InvalidPolicy = (record: SourceRecord, error: unknown) => Promise<RecordOutcome>;

export const failRecord: InvalidPolicy = async (_, error) => ({ failed: true, error });

/** Returns the option `batch.invalid` as a function. */
export function invalidPolicy(invalid: Required<BatchOptions>['invalid'], logger: Logger): InvalidPolicy {
  if (invalid === 'fail') return failRecord;
  return async (record, error) => {
    try {
      if (invalid === 'drop') logger.warning('Dropped an invalid record', { record: record.id, error: toldOf(error) });
      else checkResult(await invalid(record, error));
      return { failed: false, value: undefined };
    } catch (second) {
      return { failed: true, error: second };
    }
  };
}

/** Returns the mistake in a record without a stack: it is the sender's. */
function toldOf(error: unknown): unknown {
  return errorDetailOf(error) ?? reasonOf(error);
}

/** Refuses results that may mean a failure: as a success, the record would be lost. */
function checkResult(result: unknown): void {
  if (result !== false && !isObservable(result)) return;
  throw new TypeError(
    `The function batch.invalid returned ${describeValue(result)}: return nothing if it has taken the record, and ` +
      'throw if it has not.',
  );
}

/** The error of records that follow a failed one of their group: to handle them would break their order. */
class GroupStoppedError extends Error {
  override readonly name = 'GroupStoppedError';
}

export function groupStopped({ group }: SourceRecord): RecordOutcome {
  const message = `An earlier record of the group ${group} failed: this one was not tried and will be delivered again.`;
  return { failed: true, error: new GroupStoppedError(message) };
}
