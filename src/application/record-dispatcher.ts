import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import type { RecordAdapter, RecordOutcome } from '../contracts/record-adapter.js';
import { directInvocation } from '../events/direct/adapter.js';
import { detectRecordAdapter } from '../events/record-adapters.js';
import { logBatch } from '../logging/record-log.js';
import { Deadline } from '../pipeline/deadline.js';
import { type BatchEntry, runBatch } from './batch.js';
import type { ApplicationConfig } from './config.js';
import type { Consumers } from './consumers.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import { RecordDelivery } from './record-delivery.js';
import type { RecordEvent } from './record-event.js';
import { timeLeft } from './time-left.js';
import { unknownEvent } from './unknown-event.js';

/** Takes an event's records to their consumers, and tells the source what became of them. */
export class RecordDispatcher {
  readonly #delivery: RecordDelivery;

  constructor(
    readonly consumers: Consumers,
    http: HttpDispatcher,
    readonly config: ApplicationConfig,
    readonly logger: Logger,
  ) {
    this.#delivery = new RecordDelivery({ http, config, logger, dispatch: (event, context) => this.dispatch(event, context) });
  }

  /** @throws Error when nobody takes the event, or when a record failed and the source can't be told of single ones. */
  async dispatch(event: unknown, lambdaContext: LambdaContext): Promise<unknown> {
    const start = performance.now();
    const adapter = this.#adapterOf(event);
    const batch: RecordEvent = { adapter, event, lambdaContext, deadline: this.#deadline(lambdaContext) };
    const records = adapter.decode(event);
    const entries = records.map((record, index): BatchEntry => ({ record, index, consumer: this.consumers.find(adapter.source, record) }));
    const outcomes = await runBatch(entries, (some) => this.#delivery.handle(some, batch), this.config.batch.concurrency);
    if (adapter.batches) this.#logBatch(batch, outcomes, performance.now() - start);
    return adapter.encode(outcomes, records, event);
  }

  /** `@OnEvent` goes first: it was written for this very event. */
  #adapterOf(event: unknown): RecordAdapter {
    const adapter = this.consumers.takesWhole(event) ? directInvocation : detectRecordAdapter(event);
    if (!adapter) throw unknownEvent(event);
    return adapter;
  }

  #deadline(lambdaContext: LambdaContext): Deadline {
    const { timeoutMargin, settings } = this.config;
    const deadline = new Deadline(timeLeft(lambdaContext) - timeoutMargin);
    deadline.limit(settings.FUNCTION_TIMEOUT);
    return deadline;
  }

  #logBatch({ adapter, lambdaContext }: RecordEvent, outcomes: readonly RecordOutcome[], executionTime: number): void {
    if (this.config.options.accessLog === false) return;
    logBatch(this.logger, {
      source: adapter.source,
      id: lambdaContext.awsRequestId,
      records: outcomes.length,
      failed: outcomes.filter(({ failed }) => failed).length,
      executionTime,
    });
  }
}
