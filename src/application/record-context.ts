import type { Context as LambdaContext } from 'aws-lambda';
import type { SourceRecord } from '../contracts/record-adapter.js';
import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { Deadline } from '../pipeline/deadline.js';
import { EventContext } from './event-context.js';

/** The context of one record, or of all of an event's records that are handed over at once. */
export class RecordContext extends EventContext {
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

  #noRequest(): never {
    throw new Error(`This event comes from ${this.source}: it has no request and no response. Ask context.getType() first.`);
  }
}
