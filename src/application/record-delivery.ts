import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import type { RecordOutcome } from '../contracts/record-adapter.js';
import { EventLog, runWithEventLog } from '../logging/event-log.js';
import { logRecord } from '../logging/record-log.js';
import { releaseScope } from '../modules/release-scope.js';
import type { BatchEntry } from './batch.js';
import { carriedEvent, dispatchCarried, isRequest } from './carried-events.js';
import type { ApplicationConfig } from './config.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import { failuresIn } from './item-failures.js';
import { RecordContext } from './record-context.js';
import type { RecordEvent } from './record-event.js';
import { unknownRecord } from './unknown-event.js';

export interface DeliveryOptions {
  readonly http: HttpDispatcher;
  readonly config: ApplicationConfig;
  readonly logger: Logger;
  /** For an event that a message carries. */
  readonly dispatch: (event: unknown, lambdaContext: LambdaContext) => Promise<unknown>;
}

/** Hands records over: each step of a batch is one call of a consumer, with a context, a log and an outcome a record. */
export class RecordDelivery {
  constructor(readonly options: DeliveryOptions) {}

  /** Never throws: what goes wrong is the outcome of the records. */
  async handle(entries: readonly BatchEntry[], batch: RecordEvent): Promise<RecordOutcome[]> {
    const { adapter, event, lambdaContext, deadline } = batch;
    const records = entries.map(({ record }) => record);
    const context = new RecordContext(adapter.source, records, event, lambdaContext, deadline);
    const log = new EventLog(context.record.id || lambdaContext.awsRequestId, lambdaContext, this.options.logger);
    return runWithEventLog(log, async () => {
      const start = performance.now();
      const outcomes = await this.#outcomes(entries, context, batch);
      this.#log(entries, outcomes, context, performance.now() - start);
      return outcomes;
    });
  }

  async #outcomes(entries: readonly BatchEntry[], context: RecordContext, batch: RecordEvent): Promise<RecordOutcome[]> {
    const result = await this.#attempt(entries[0] as BatchEntry, context, batch);
    const failures = result.failed ? undefined : failuresIn(result.value);
    return Promise.all(
      entries.map(async ({ record }, index): Promise<RecordOutcome> => {
        if (context.refusals.has(index)) return this.#invalid(index, context);
        if (failures?.has(record.id)) return { failed: true, error: new Error('The consumer said that this record failed') };
        return result;
      }),
    );
  }

  async #attempt(entry: BatchEntry, context: RecordContext, batch: RecordEvent): Promise<RecordOutcome> {
    try {
      // Once the time is up nothing more is begun.
      const value = await batch.deadline.race(batch.deadline.isOver ? NEVER : this.#deliver(entry, context, batch));
      return { failed: false, value };
    } catch (error) {
      return { failed: true, error };
    } finally {
      await this.#release(context);
    }
  }

  async #deliver({ record, consumer }: BatchEntry, context: RecordContext, { adapter, lambdaContext }: RecordEvent): Promise<unknown> {
    const { http, config, dispatch } = this.options;
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

  /** What becomes of a record that can't be parsed or validated. */
  async #invalid(index: number, context: RecordContext): Promise<RecordOutcome> {
    const { invalid } = this.options.config.batch;
    const error = context.refusals.get(index);
    const record = context.records[index] as RecordContext['record'];
    if (invalid === 'fail') return { failed: true, error };
    try {
      if (invalid === 'drop') this.options.logger.warning('Dropped a record that is not valid', { record: record.id, error });
      else await invalid(record, error);
      return { failed: false, value: undefined };
    } catch (second) {
      return { failed: true, error: second };
    }
  }

  #log(entries: readonly BatchEntry[], outcomes: readonly RecordOutcome[], context: RecordContext, executionTime: number): void {
    const { config, logger } = this.options;
    // A request in a message has its access-log line.
    if (config.options.accessLog === false || context.carriesRequest) return;
    entries.forEach(({ record, consumer }, index) => {
      const outcome = outcomes[index] as RecordOutcome;
      logRecord(logger, {
        source: context.source,
        id: record.id || context.lambdaContext.awsRequestId,
        consumer: consumer?.name,
        attempt: record.attempt,
        executionTime,
        failure: outcome.failed ? outcome : undefined,
      });
    });
  }

  async #release(context: RecordContext): Promise<void> {
    try {
      await releaseScope(context);
    } catch (error) {
      this.options.logger.error('Disposing of what was made for the event failed', { error });
    }
  }
}

const NEVER = new Promise<never>(() => undefined);
