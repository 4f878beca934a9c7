import type { Context as LambdaContext } from 'aws-lambda';
import type { BatchContext } from '../binding/bind-batch.js';
import type { SourceRecord } from '../contracts/record-adapter.js';
import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { Deadline } from '../pipeline/deadline.js';
import { EventContext } from './event-context.js';

/** The context of one record, or of all of an event's records that are handed over at once. */
export class RecordContext extends EventContext implements BatchContext {
  /** Why records can't be handed over, by their index: they can't be parsed or validated. */
  readonly refusals = new Map<number, unknown>();
  /** The record was a request, which has its own context and its own line in the log. */
  carriesRequest = false;

  constructor(
    readonly source: string,
    readonly records: readonly SourceRecord[],
    event: unknown,
    lambdaContext: LambdaContext,
    deadline: Deadline,
  ) {
    super(event, lambdaContext, deadline);
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
    return this.source;
  }

  *each(): Iterable<RecordContext> {
    for (const record of this.records) {
      yield new RecordContext(this.source, [record], this.event, this.lambdaContext, this.deadline);
    }
  }

  refuse(index: number, error: unknown): void {
    this.refusals.set(index, error);
  }

  /** None can be handed over; what was said of one before stays. */
  refuseAll(error: unknown): void {
    this.records.forEach((_, index) => {
      if (!this.refusals.has(index)) this.refusals.set(index, error);
    });
  }

  #noRequest(): never {
    throw new Error(`This event comes from ${this.source}: it has no request and no response. Ask context.getType() first.`);
  }
}
