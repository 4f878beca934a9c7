import type { RecordOutcome } from '../../contracts/event-adapter.js';
import type { Logger } from '../../contracts/logger.js';
import type { CarriedRequest } from '../../events/carried/carried-request.js';
import { directInvocation } from '../../events/direct-invocation.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { RecordLog } from '../../logging/access-log/record-log.js';
import { isError } from '../../logging/writers/loggable-value.js';
import { isBranded } from '../../shared/brand.js';
import type { MaybePromise } from '../../shared/types.js';
import { serialize, withoutBigInts } from '../../validation/output/serialize.js';
import type { EventSteps, Observe } from '../event/run-event.js';
import type { HttpDispatcher } from '../http/http-dispatcher.js';
import { sendBuffered } from '../http/send-response.js';
import type { ApplicationConfig } from '../options/application-config.js';
import type { Consumer } from './consumer-registry.js';
import { asBatch, checkedResult, type Failures, failuresIn, outcomeAt } from './consumer-result.js';
import type { RecordCall, RecordCallOptions } from './record-call.js';
import { invalidPolicy, type RecordContext } from './record-context.js';
import { stateOf, writtenState } from './window-state.js';

interface RecordProcessorOptions {
  readonly http: HttpDispatcher;
  readonly config: ApplicationConfig;
  readonly log: RecordLog;
  /** `undefined` without observers. */
  readonly observe?: Observe | undefined;
}

/** The outcome of most records: one object for all of them, as a batch may have ten thousand. */
const SUCCEEDED: RecordOutcome = Object.freeze({ failed: false, value: undefined });

/** Runs the call of a consumer, and sets the outcome of every record. */
export class RecordProcessor implements EventSteps<RecordCall, unknown, void> {
  readonly logger: Logger;
  /** The options of all calls of consumers. */
  readonly callOptions: RecordCallOptions;

  constructor(readonly options: RecordProcessorOptions) {
    const { config, log, observe } = options;
    this.logger = log.logger;
    const steps = observe?.<RecordCall, unknown, void>(this) ?? this;
    this.callOptions = { steps, policy: invalidPolicy(config.batch.invalid, log.logger), ...config.time };
  }

  handle(context: RecordCall): MaybePromise<unknown> {
    const { record, consumer, request, error } = context.entry;
    const { http, config } = this.options;
    if (record.malformed) return refuseMalformed(record.malformed, context);
    if (consumer) {
      context.target = consumer;
      return consumer.handle(context);
    }
    if (request) return dispatchCarried(request, context, http, config.batch.clientErrors === 'fail' ? 400 : 500);
    throw error;
  }

  succeed(returned: unknown, context: RecordCall): void {
    const { adapter } = context.batch;
    let value: unknown;
    try {
      // Most consumers return nothing.
      if (returned !== undefined) value = checkedResult(returned);
      if (context.entry.consumer && adapter.encodeResult) value = adapter.encodeResult(value, this.#write);
    } catch (error) {
      return this.fail(error, context);
    }
    this.#settle(value === undefined ? SUCCEEDED : { failed: false, value }, context);
  }

  readonly #write = (data: object): string => this.options.config.json.stringify(withoutBigInts(serialize(data)));

  fail(error: unknown, context: RecordCall): void {
    this.#settle({ failed: true, error }, context);
  }

  /** Sets the outcome of every record; the consumer's result may name those that failed. */
  #settle(result: RecordOutcome, context: RecordCall): void {
    const { entry, entries } = context;
    const { consumer } = entry;
    const { event, adapter } = context.batch;
    const outcome =
      consumer && adapter === directInvocation
        ? asBatch(result, { event, name: consumer.name, rejecting: this.options.config.batch.rejectWhole })
        : result;
    const failures = consumer && failuresOf(consumer, outcome, context, this.options.config.json);
    // Most calls are of one record, and have no list.
    if (!entries)
      entry.outcome = readable(context.refusedAt(0) ?? (failures ? outcomeAt(0, failures, outcome) : outcome));
    entries?.forEach((one, index) => {
      one.outcome = readable(context.refusedAt(index) ?? outcomeAt(index, failures, outcome));
    });
  }

  released({ entry, entries, batch, start }: RecordCall): void {
    // A carried request has its access-log line.
    if (entry.request) return;
    if (!entries) this.options.log.record(entry, batch, start);
    else for (const one of entries) this.options.log.record(one, batch, start);
  }
}

/**
 * Replaces an error that nothing could tell from others, such as a proxy whose traps throw: reporting it would fail the
 * whole event.
 */
function readable(outcome: RecordOutcome): RecordOutcome {
  if (!outcome.failed) return outcome;
  const { error } = outcome;
  if (error === undefined || error === null) return { failed: true, error: new Error(`${String(error)} was thrown`) };
  return canBeTold(error) ? outcome : { failed: true, error: new Error('What was thrown cannot be read') };
}

function canBeTold(error: unknown): boolean {
  try {
    isError(error);
    isBranded(error, 'HttpException');
    return true;
  } catch {
    return false;
  }
}

/** Applies the policy for invalid records before anything sees a malformed one: enhancers expect a record. */
async function refuseMalformed(error: Error, context: RecordContext): Promise<never> {
  await context.refuseAll(error);
  throw error;
}

/** Returns the failures that a consumer's result names; a result that the sender waits for names none. */
function failuresOf(
  { name, metadata }: Consumer,
  outcome: RecordOutcome,
  context: RecordContext,
  json: JsonCodec,
): Failures | undefined {
  const { adapter, event } = context.batch;
  if (outcome.failed || adapter.awaited) return undefined;
  const window = adapter.inWindow?.(event) === true;
  const failures =
    outcome.value === undefined
      ? undefined
      : failuresIn(outcome.value, { name, records: context.records, batch: metadata.batch === true, window });
  return window ? (failures ?? unwritten(outcome.value, event, json)) : failures;
}

/** Returns the failure of a record whose state cannot go to the next one; it may have changed its event's state. */
function unwritten(result: unknown, event: unknown, json: JsonCodec): Failures | undefined {
  try {
    writtenState(stateOf(result) ?? stateOf(event), json);
    return undefined;
  } catch (error) {
    return { error };
  }
}

/**
 * Dispatches a carried request.
 *
 * @param failFrom The lowest status that fails the record: 500, or 400 where client errors are to be retried.
 * @throws CarriedRequestError from that status on.
 */
async function dispatchCarried(
  { adapter, event }: CarriedRequest,
  { lambdaContext }: RecordContext,
  http: HttpDispatcher,
  failFrom: number,
): Promise<void> {
  const result = await http.dispatch(event, lambdaContext, sendBuffered, adapter);
  const { statusCode } = result as { statusCode: number };
  if (statusCode >= failFrom) throw new CarriedRequestError(statusCode);
}

/** A carried request got an error response that a retry may fix. */
class CarriedRequestError extends Error {
  override readonly name = 'CarriedRequestError';

  constructor(readonly statusCode: number) {
    super(`The request in the message got the status ${statusCode}`);
  }
}
