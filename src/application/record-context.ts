import type { BatchContext } from '../binding/bind-batch.js';
import type { LogFields } from '../contracts/logger.js';
import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { EventLog, StandardFields } from '../logging/event-log.js';
import { recordFields } from '../logging/record-log.js';
import { EventContext, type EventContextOptions } from './event-context.js';
import { groupStopped } from './group-stopped.js';
import type { RecordEvent } from './record-event.js';
import type { InvalidPolicy } from './invalid-record.js';

/** What the application decides for the context of every record. */
export interface RecordContextOptions extends EventContextOptions {
  readonly policy: InvalidPolicy;
}

/** The context of one record, or of all of an event's records that are handed over at once. */
export class RecordContext extends EventContext implements BatchContext, StandardFields {
  /** The record was a request, which has its own context and its own line in the log. */
  carriesRequest = false;
  protected declare readonly options: RecordContextOptions;
  #refused: Map<number, RecordOutcome> | undefined;
  #stoppedGroups: Set<string> | undefined;

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

  getType(): string {
    return this.batch.adapter.source;
  }

  standardFields(log: EventLog): LogFields {
    return recordFields({ record: this.record, consumer: this.target }, this.batch, log);
  }

  /** A record whose group has ended is left out: it has failed with the one before it. */
  *each(): Iterable<readonly [number, RecordContext]> {
    this.scoped ??= new Map();
    for (const [index, record] of this.records.entries()) {
      if (record.group !== undefined && this.#stoppedGroups?.has(record.group)) this.#refuse(index, groupStopped(record));
      else yield [index, this.#of(record)];
    }
  }

  async refuse(index: number, error: unknown): Promise<void> {
    if (this.#refused?.has(index)) return;
    const record = this.records[index] as SourceRecord;
    const outcome = await this.options.policy(record, error);
    this.#refuse(index, outcome);
    if (outcome.failed && record.group !== undefined) (this.#stoppedGroups ??= new Set()).add(record.group);
  }

  /** None can be handed over; what was said of one before stays. */
  async refuseAll(error: unknown): Promise<void> {
    for (const index of this.records.keys()) await this.refuse(index, error);
  }

  #of(record: SourceRecord): RecordContext {
    const context = new RecordContext(this.batch, [record], this.options);
    context.belongTo(this);
    return context;
  }

  #refuse(index: number, outcome: RecordOutcome): void {
    (this.#refused ??= new Map()).set(index, outcome);
  }

  #noRequest(): never {
    throw new Error(`This event comes from ${this.getType()}: it has no request and no response. Ask context.getType() first.`);
  }
}
