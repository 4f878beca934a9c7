import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordOutcome } from '../../contracts/event-adapter.js';
import type { CarriedRequest } from '../../events/carried-request.js';
import { directInvocation } from '../../events/direct-invocation.js';
import type { RecordLog } from '../../logging/access-log/record-log.js';
import { EventLog, runWithEventLog } from '../../logging/logger/event-log.js';
import { chain, isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { releaseEvent, timeLeft } from '../event/event-context.js';
import type { HttpDispatcher } from '../http/http-dispatcher.js';
import { sendBuffered } from '../http/send-response.js';
import type { ApplicationConfig } from '../options/config.js';
import { asBatch, type Failures, failuresIn, outcomeOf } from './batch-item-failures.js';
import type { Consumer } from './consumer-registry.js';
import { failRecord, invalidPolicy, RecordContext, type RecordContextOptions } from './record-context.js';
import type { RecordEntry } from './run-records.js';

interface RecordProcessorOptions {
  readonly http: HttpDispatcher;
  readonly config: ApplicationConfig;
  readonly log: RecordLog;
}

/**
 * Hands records over: each step of a batch is one call of a consumer, with a context, a time and a log, and with an
 * outcome a record.
 */
export class RecordProcessor {
  readonly #context: RecordContextOptions;

  constructor(readonly options: RecordProcessorOptions) {
    const { batch, time } = options.config;
    this.#context = { policy: invalidPolicy(batch.invalid, options.log.logger), ...time };
  }

  /**
   * Never throws: what goes wrong is the outcome of the records. Makes no promise where the consumer waits for nothing.
   */
  handle(entries: readonly RecordEntry[], event = (entries[0] as RecordEntry).event): MaybePromise<void> {
    const { lambdaContext, adapter } = event;
    // Nothing more is begun, nor written: of a long batch there would be no time for that either.
    if (timeLeft(lambdaContext) - this.#context.timeoutMargin <= 0) return;
    const options = adapter.isRefusal ? { ...this.#context, policy: failRecord } : this.#context;
    const context = new RecordContext(
      event,
      entries.map(({ record }) => record),
      options,
    );
    const eventLog = new EventLog(
      context.record.id || lambdaContext.awsRequestId,
      lambdaContext,
      this.options.log.logger,
      context,
    );
    const working = runWithEventLog(eventLog, this.#run, entries, context);
    if (isPromiseLike(working)) eventLog.keepTraceId();
    return working;
  }

  readonly #run = (entries: readonly RecordEntry[], context: RecordContext): MaybePromise<void> => {
    const start = performance.now();
    const outcome = this.#attempt(entries[0] as RecordEntry, context);
    return isPromiseLike(outcome)
      ? outcome.then((known) => this.#end(known, entries, context, start))
      : this.#end(outcome, entries, context, start);
  };

  #attempt(entry: RecordEntry, context: RecordContext): MaybePromise<RecordOutcome> {
    try {
      const delivered = this.#deliver(entry, context);
      if (!isPromiseLike(delivered)) return success(delivered);
      context.work = delivered;
      return context.deadline.watch(delivered, success, failure);
    } catch (error) {
      return failure(error);
    }
  }

  #end(
    result: RecordOutcome,
    entries: readonly RecordEntry[],
    context: RecordContext,
    start: number,
  ): MaybePromise<void> {
    const released = releaseEvent(context, this.options.log.logger);
    this.#settle(entries, result, context);
    return chain(released, () => this.#log(entries, context, start));
  }

  /** Says what became of each record, where the consumer's result may be that of failures. */
  #settle(entries: readonly RecordEntry[], result: RecordOutcome, context: RecordContext): void {
    const { consumer } = entries[0] as RecordEntry;
    const { event, adapter } = context.batch;
    const whole = consumer && adapter === directInvocation;
    const outcome = whole
      ? asBatch(result, { event, name: consumer.name, rejecting: this.options.config.batch.rejectWhole })
      : result;
    const failures = consumer && failuresOf(consumer, outcome, context);
    entries.forEach((entry, index) => {
      entry.outcome = context.refusedAt(index) ?? outcomeOf(index, failures, outcome);
    });
  }

  #log(entries: readonly RecordEntry[], context: RecordContext, start: number): void {
    // A request in a message has its access-log line.
    if (entries[0]?.request) return;
    for (const entry of entries) this.options.log.record(entry, context.batch, start);
  }

  #deliver({ record, consumer, request, error }: RecordEntry, context: RecordContext): MaybePromise<unknown> {
    const { http, config } = this.options;
    if (record.malformed) return refuseMalformed(record.malformed, context);
    if (consumer) {
      context.target = consumer;
      return consumer.handle(context);
    }
    if (request)
      return dispatchCarried(http, request, context.lambdaContext, config.batch.clientErrors === 'fail' ? 400 : 500);
    throw error;
  }
}

/** What is no record is invalid before anyone sees it: guards and interceptors count on there being one. */
async function refuseMalformed(error: Error, context: RecordContext): Promise<never> {
  await context.refuseAll(error);
  throw error;
}

function success(value: unknown): RecordOutcome {
  return { failed: false, value };
}

/** What is thrown may be nothing, which would not be seen as an error further on. */
function failure(error: unknown): RecordOutcome {
  return { failed: true, error: error ?? new Error(`${String(error)} was thrown`) };
}

/** Where somebody waits for the result it is their answer, whatever it looks like. */
function failuresOf(
  { name, metadata }: Consumer,
  outcome: RecordOutcome,
  { batch: { adapter, event }, records }: RecordContext,
): Failures | undefined {
  if (outcome.failed || outcome.value === undefined || adapter.isRefusal) return undefined;
  return failuresIn(outcome.value, {
    name,
    records,
    batch: metadata.batch === true,
    window: adapter.inWindow?.(event) === true,
  });
}

/** A request in a message whose answer was an error that trying again may mend. */
class CarriedRequestError extends Error {
  override readonly name = 'CarriedRequestError';

  constructor(readonly statusCode: number) {
    super(`The request in the message was answered with ${statusCode}`);
  }
}

/**
 * Answers a request that came in a message.
 *
 * @param failFrom The least status that is a failure of the record: 500, or 400 where client errors are to be tried
 *   again.
 * @throws CarriedRequestError from that status on.
 */
async function dispatchCarried(
  http: HttpDispatcher,
  { adapter, event }: CarriedRequest,
  lambdaContext: LambdaContext,
  failFrom: number,
): Promise<void> {
  const answer = await http.dispatch(adapter, event, lambdaContext, sendBuffered);
  const { statusCode } = answer as { statusCode: number };
  if (statusCode >= failFrom) throw new CarriedRequestError(statusCode);
}
