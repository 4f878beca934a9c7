import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordOutcome } from '../contracts/record-adapter.js';
import { GatewayTimeoutException } from '../errors/exceptions.js';
import { EventLog, runWithEventLog } from '../logging/event-log.js';
import type { RecordLog } from '../logging/record-log.js';
import { Deadline } from '../pipeline/deadline.js';
import { attempt, chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { BatchEntry } from './batch.js';
import { carriedEvent, dispatchCarried, isRequest } from './carried-events.js';
import type { ApplicationConfig } from './config.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import { failuresIn } from './item-failures.js';
import { RecordContext } from './record-context.js';
import type { RecordEvent } from './record-event.js';
import { failRecord, type RefusalPolicy, refusalPolicy } from './refused-record.js';
import { releaseEvent } from './release-event.js';
import { timeLeft } from './time-left.js';
import { unknownRecord } from './unknown-event.js';

export interface DeliveryOptions {
  readonly http: HttpDispatcher;
  readonly config: ApplicationConfig;
  readonly log: RecordLog;
  /** For an event that a message carries; throws when a record of it fails. */
  readonly dispatch: (event: unknown, lambdaContext: LambdaContext) => Promise<unknown>;
}

/** Hands records over: each step of a batch is one call of a consumer, with a context, a time, a log and an outcome a record. */
export class RecordDelivery {
  readonly #policy: RefusalPolicy;

  constructor(readonly options: DeliveryOptions) {
    this.#policy = refusalPolicy(options.config.batch.invalid, options.log.logger);
  }

  /** Never throws: what goes wrong is the outcome of the records. */
  async handle(entries: readonly BatchEntry[], batch: RecordEvent): Promise<readonly RecordOutcome[]> {
    const { config, log } = this.options;
    const available = timeLeft(batch.lambdaContext) - config.timeoutMargin;
    // Nothing more is begun, nor written: of a long batch there would be no time for that either.
    if (available <= 0) return entries.map(() => NOT_TRIED);
    const deadline = new Deadline(available, config.settings.FUNCTION_TIMEOUT);
    const records = entries.map(({ record }) => record);
    const context = new RecordContext(batch, records, deadline, batch.adapter.isRefusal ? failRecord : this.#policy);
    const eventLog = new EventLog(context.record.id || batch.lambdaContext.awsRequestId, batch.lambdaContext, log.logger);
    eventLog.keepTraceId();
    return runWithEventLog(eventLog, () => this.#logged(entries, context));
  }

  async #logged(entries: readonly BatchEntry[], context: RecordContext): Promise<readonly RecordOutcome[]> {
    const start = performance.now();
    const outcomes = await this.#outcomes(entries, context);
    this.#log(entries, outcomes, context, performance.now() - start);
    return outcomes;
  }

  async #outcomes(entries: readonly BatchEntry[], context: RecordContext): Promise<readonly RecordOutcome[]> {
    const result = await this.#attempt(entries[0] as BatchEntry, context);
    const named = result.failed ? undefined : failuresIn(result.value, context.records);
    return entries.map((_, index) => context.refused.get(index) ?? (named?.has(index) ? NAMED_AS_FAILED : result));
  }

  /** A value for a consumer that waits for nothing: it needs no timer, and three promises less. */
  #attempt(entry: BatchEntry, context: RecordContext): MaybePromise<RecordOutcome> {
    const outcome = attempt<RecordOutcome, RecordOutcome>(
      () => chain(context.deadline.race(this.#deliver(entry, context)), (value) => ({ failed: false, value })),
      // What is thrown may be nothing, which would not be seen as an error further on.
      (error) => ({ failed: true, error: error ?? new Error(`${String(error)} was thrown`) }),
    );
    return chain(outcome, (known) => chain(releaseEvent(context, this.options.log.logger), () => known));
  }

  #deliver({ record, consumer }: BatchEntry, context: RecordContext): MaybePromise<unknown> {
    const { http, config, dispatch } = this.options;
    const { adapter, lambdaContext } = context.batch;
    const carried = consumer?.metadata.batch ? undefined : carriedEvent(adapter, record, config.json);
    if (isRequest(carried)) {
      context.carriesRequest = true;
      return dispatchCarried(http, carried, lambdaContext, config.batch.clientErrors === 'fail' ? 400 : 500);
    }
    if (!consumer && carried !== undefined) return dispatch(carried, lambdaContext);
    if (!consumer) throw unknownRecord(adapter.source, record);
    context.target = consumer;
    return consumer.handle(context);
  }

  #log(entries: readonly BatchEntry[], outcomes: readonly RecordOutcome[], context: RecordContext, executionTime: number): void {
    // A request in a message has its access-log line.
    if (context.carriesRequest) return;
    const { source, isRefusal } = context.batch.adapter;
    entries.forEach(({ record, consumer }, index) => {
      const outcome = outcomes[index] as RecordOutcome;
      this.options.log.record({
        source,
        id: record.id || context.lambdaContext.awsRequestId,
        consumer: consumer?.name,
        attempt: record.attempt,
        executionTime,
        outcome,
        refused: outcome.failed && isRefusal?.(outcome.error) === true,
      });
    });
  }
}

const NOT_TRIED: RecordOutcome = {
  failed: true,
  error: new GatewayTimeoutException(undefined, { errorDetail: 'Not tried: the invocation had no time left' }),
};

const NAMED_AS_FAILED: RecordOutcome = { failed: true, error: new Error('The consumer said that this record failed') };
