import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import { InternalServerErrorException } from '../errors/exceptions.js';
import { HttpException } from '../errors/http-exception.js';
import { directAdapterOf } from '../events/direct/adapters.js';
import { detectRecordAdapters } from '../events/record-adapters.js';
import { rejectFailures } from '../events/reject-failures.js';
import type { RecordLog } from '../logging/record-log.js';
import { serialize } from '../validation/serialize.js';
import { type BatchEntry, type Handle, runBatch } from './batch.js';
import type { ApplicationConfig } from './config.js';
import type { Consumer } from './consumer.js';
import type { Consumers } from './consumers.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import { NOT_TRIED, RecordDelivery } from './record-delivery.js';
import type { RecordEvent } from './record-event.js';
import { unknownEvent } from './unknown-event.js';
import { withWindowState } from './window-state.js';

interface DecodedEvent {
  readonly adapter: RecordAdapter;
  readonly records: readonly SourceRecord[];
}

interface HandledEvent extends DecodedEvent {
  /** One a record. */
  readonly outcomes: readonly RecordOutcome[];
}

/** Takes an event's records to their consumers, and tells the source what became of them. */
export class RecordDispatcher {
  readonly #delivery: RecordDelivery;
  readonly #rejecting: ReadonlySet<string>;

  constructor(
    readonly consumers: Consumers,
    http: HttpDispatcher,
    readonly config: ApplicationConfig,
    readonly log: RecordLog,
  ) {
    this.#rejecting = new Set(config.batch.rejectWhole);
    this.#delivery = new RecordDelivery({ http, config, log, dispatch: this.#dispatchCarried });
  }

  /**
   * What a consumer returned is written as decorators of its class say, as answers are: Lambda's runtime knows of none.
   *
   * @throws Error when nobody takes the event, or when a record failed and the source can't be told of single ones.
   */
  async dispatch(event: unknown, lambdaContext: LambdaContext): Promise<unknown> {
    const { adapter, records, outcomes } = await this.#handle(event, lambdaContext);
    if (this.#rejecting.has(adapter.source)) rejectFailures(outcomes);
    const hides = adapter.showsErrors && this.config.options.unhandledErrors === 'respond';
    return serialize(adapter.encode(hides ? outcomes.map(hidden) : outcomes, records, event, this.config.json));
  }

  /** An event in a message: whatever its own source could be told, its failures are the message's. */
  readonly #dispatchCarried = async (event: unknown, lambdaContext: LambdaContext): Promise<unknown> => {
    const { outcomes } = await this.#handle(event, lambdaContext);
    return rejectFailures(outcomes);
  };

  async #handle(event: unknown, lambdaContext: LambdaContext): Promise<HandledEvent> {
    const start = performance.now();
    const { adapter, records } = this.#read(event);
    const coldStart = adapter.batches ? this.log.takeColdStart() : undefined;
    const batch: RecordEvent = { adapter, event, lambdaContext };
    if (records.length === 0) this.log.logger.debug(`The event of ${adapter.source} has no records: there is nothing to do`);
    const entries = records.map((record): BatchEntry => ({ record, consumer: this.#consumerOf(record, adapter), outcome: NOT_TRIED }));
    await runBatch(entries, this.#deliveryOf(batch), this.config.batch.concurrency);
    const outcomes = entries.map(({ outcome }) => outcome);
    if (adapter.batches) this.log.batch({ source: adapter.source, id: lambdaContext.awsRequestId, outcomes, start, coldStart });
    return { adapter, records, outcomes };
  }

  #deliveryOf(batch: RecordEvent): Handle {
    const deliver = (step: readonly BatchEntry[], of: RecordEvent) => this.#delivery.handle(step, of);
    return batch.adapter.inWindow?.(batch.event) ? withWindowState(batch, deliver) : (step) => deliver(step, batch);
  }

  /** What is no record goes to nobody. */
  #consumerOf(record: SourceRecord, { source }: RecordAdapter): Consumer | undefined {
    return record.malformed ? undefined : this.consumers.find(source, record);
  }

  /** Where the event has the shape of two sources, the first one that a consumer is there for takes it. */
  #read(event: unknown): DecodedEvent {
    const decoded = this.#adaptersOf(event).map((adapter) => ({ adapter, records: adapter.decode(event) }));
    const [first] = decoded;
    if (!first) throw unknownEvent(event);
    if (decoded.length === 1) return first;
    return decoded.find(({ adapter, records }) => records.some((record) => this.consumers.find(adapter.source, record))) ?? first;
  }

  /** `@OnEvent` goes first: it was written for this very event. */
  #adaptersOf(event: unknown): readonly RecordAdapter[] {
    return this.consumers.takesWhole(event) ? [directAdapterOf(event)] : detectRecordAdapters(event);
  }
}

/** As over HTTP: of an error that nobody meant for them strangers learn nothing. The log has it. */
function hidden(outcome: RecordOutcome): RecordOutcome {
  if (!outcome.failed || outcome.error instanceof HttpException) return outcome;
  return { failed: true, error: new InternalServerErrorException(undefined, { cause: outcome.error }) };
}
