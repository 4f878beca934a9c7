import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import { asHttpException } from '../../errors/status-error.js';
import { rejectFailures } from '../../events/batch-item-failures.js';
import { eventOfPipe } from '../../events/pipe.js';
import { detectRecordAdapters, directAdapterOf } from '../../events/record-adapters.js';
import type { RecordLog } from '../../logging/access-log/record-log.js';
import { EventFields, runWithEventFields } from '../../logging/logger/event-fields.js';
import { serialize, withoutBigInts } from '../../validation/output/serialize.js';
import type { ApplicationConfig } from '../options/config.js';
import type { Consumer, ConsumerRegistry } from './consumer-registry.js';
import type { RecordEvent } from './record-context.js';
import { type DecodedEvent, readEvent, RecordEntries } from './record-entries.js';
import type { RecordProcessor } from './record-processor.js';
import { type ConsumerCaller, type RecordEntry, runRecords } from './run-records.js';
import { unknownEvent } from './unknown-event.js';
import { withWindowState } from './window-state.js';

/** Dispatches an event's records to their consumers, and reports the outcomes to the source. */
export class RecordDispatcher {
  readonly #rejecting: ReadonlySet<string>;

  constructor(
    readonly consumers: ConsumerRegistry<Consumer>,
    private readonly processor: RecordProcessor,
    readonly config: ApplicationConfig,
    readonly log: RecordLog,
  ) {
    this.#rejecting = new Set(config.batch.rejectWhole);
  }

  /**
   * Dispatches an event. Results are serialized by class-transformer's decorators, as responses are, because Lambda's
   * runtime doesn't know them.
   *
   * @throws Error if no consumer takes the event, or if a record failed and the source doesn't read which one.
   */
  async dispatch(delivered: unknown, lambdaContext: LambdaContext): Promise<unknown> {
    const start = performance.now();
    const event = this.#fromPipe(delivered);
    const { adapter, records } = this.#read(event);
    const outcomes = await this.#handle(records, { adapter, event, lambdaContext }, start);
    if (this.#rejecting.has(adapter.source)) rejectFailures(outcomes);
    const hides = adapter.showsErrors && this.config.options.unhandledErrors === 'respond';
    return withoutBigInts(
      serialize(adapter.encode(hides ? outcomes.map(hidden) : outcomes, records, event, this.config.json)),
    );
  }

  /** @returns The outcome of each record; for a message, the outcome of what it carries. */
  async #handle(records: readonly SourceRecord[], event: RecordEvent, start: number): Promise<RecordOutcome[]> {
    const { adapter, lambdaContext } = event;
    const coldStart = adapter.batches ? this.log.takeColdStart() : undefined;
    if (records.length === 0)
      this.log.logger.debug(`The event of ${adapter.source} has no records: there is nothing to do`);
    const found = new RecordEntries(this.consumers, this.config, this.log.logger);
    const entries = records.map((record) => found.of(record, event));
    const invocation = new EventFields(lambdaContext.awsRequestId, lambdaContext, this.log.logger);
    const caller = this.#callerFor(event, invocation);
    await runWithEventFields(invocation, runRecords, flat(entries), caller, this.config.batch.concurrency);
    const outcomes = entries.map(outcomeOf);
    if (adapter.batches)
      this.log.batch({ source: adapter.source, id: lambdaContext.awsRequestId, outcomes, start, coldStart });
    return outcomes;
  }

  #callerFor(event: RecordEvent, invocation: EventFields): ConsumerCaller {
    const caller = this.processor.callerFor(invocation);
    return event.adapter.inWindow?.(event.event) ? withWindowState(event, caller) : caller;
  }

  #read(event: unknown): DecodedEvent {
    const read = readEvent(event, this.#adaptersOf(event), this.consumers);
    if (!read) throw unknownEvent(event, this.consumers.labels());
    return read;
  }

  /** `@OnEvent` methods get lists of pipes as they are. */
  #fromPipe(event: unknown): unknown {
    return this.config.batch.eventBridgePipes && !this.consumers.takesWhole(event) ? eventOfPipe(event) : event;
  }

  /** `@OnEvent` methods come first: they are written for this very event. */
  #adaptersOf(event: unknown): readonly RecordAdapter[] {
    return this.consumers.takesWhole(event) ? [directAdapterOf(event)] : detectRecordAdapters(event);
  }
}

function flat(entries: readonly (RecordEntry | readonly RecordEntry[])[]): readonly RecordEntry[] {
  return entries.some(isList) ? entries.flat() : (entries as readonly RecordEntry[]);
}

/** Returns the outcome of a record; a message has failed if any record that it carries has. */
function outcomeOf(entries: RecordEntry | readonly RecordEntry[]): RecordOutcome {
  if (!isList(entries)) return entries.outcome;
  try {
    return { failed: false, value: rejectFailures(entries.map(({ outcome }) => outcome)) };
  } catch (error) {
    return { failed: true, error };
  }
}

function isList(entries: RecordEntry | readonly RecordEntry[]): entries is readonly RecordEntry[] {
  return Array.isArray(entries);
}

/** Replaces an unhandled error, which callers must not see; the log has it. */
function hidden(outcome: RecordOutcome): RecordOutcome {
  if (!outcome.failed) return outcome;
  return {
    failed: true,
    error: asHttpException(outcome.error) ?? new InternalServerErrorException(undefined, { cause: outcome.error }),
  };
}
