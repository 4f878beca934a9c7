import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { eventOfPipe } from '../../events/carried/eventbridge-pipe.js';
import {
  adaptersFor,
  detectAmong,
  detectRecordAdapters,
  directAdapterOf,
} from '../../events/detection/record-adapters.js';
import { rejectFailures } from '../../events/results/batch-item-failures.js';
import type { RecordLog } from '../../logging/access-log/record-log.js';
import { EventFields, logState } from '../../logging/logger/event-fields.js';
import { chain } from '../../shared/promise.js';
import { monotonicTime } from '../../shared/time.js';
import type { MaybePromise } from '../../shared/types.js';
import { serialize, withoutBigInts } from '../../validation/output/serialize.js';
import { shownError } from '../event/hide-errors.js';
import type { ApplicationConfig } from '../options/application-config.js';
import type { Consumer, ConsumerRegistry } from './consumer-registry.js';
import { RecordCaller } from './record-call.js';
import type { RecordEvent } from './record-context.js';
import { type DecodedEvent, readEvent, RecordEntries } from './record-entries.js';
import type { RecordProcessor } from './record-processor.js';
import { runRecords } from './run-records.js';
import { unknownEvent } from './unknown-event.js';
import { withWindowState } from './window-state.js';

/** Dispatches an event's records to their consumers, and reports the outcomes to the source. */
export class RecordDispatcher {
  readonly #rejecting: ReadonlySet<string>;
  /** Whether there are `@OnEvent` methods. */
  readonly #takesWhole: boolean;
  /** The sources that are asked about an event. */
  readonly #sources: readonly RecordAdapter[];

  constructor(
    readonly consumers: ConsumerRegistry<Consumer>,
    private readonly processor: RecordProcessor,
    readonly config: ApplicationConfig,
    readonly log: RecordLog,
  ) {
    this.#rejecting = new Set(config.batch.rejectWhole);
    this.#takesWhole = consumers.has('event');
    this.#sources = adaptersFor((source) => consumers.has(source));
  }

  /**
   * Dispatches an event: decodes its records, calls their consumers, and encodes the outcomes. Costs no promise if no
   * consumer waits.
   *
   * @throws Error if no consumer takes the event, or if a record failed and the source doesn't read which one.
   */
  dispatch(delivered: unknown, lambdaContext: LambdaContext): MaybePromise<unknown> {
    const start = monotonicTime();
    const event = this.config.batch.eventBridgePipes ? this.#fromPipe(delivered) : delivered;
    const { adapter, records } = this.#decode(event);
    const coldStart = adapter.batches ? this.log.takeColdStart() : undefined;
    const batch = { adapter, event, lambdaContext };
    const entries = new RecordEntries(records, batch, this);
    return chain(this.#run(entries, batch), () => {
      const outcomes = entries.outcomes();
      if (adapter.batches)
        this.log.batch({ source: adapter.source, id: lambdaContext.awsRequestId, outcomes, start, coldStart });
      return this.#encode(outcomes, records, batch);
    });
  }

  #decode(event: unknown): DecodedEvent {
    const decoded = readEvent(event, this.#adaptersOf(event), this.consumers);
    if (!decoded) throw unknownEvent(event, this.consumers.labels());
    return decoded;
  }

  /** `@OnEvent` methods come first: they are written for this very event. */
  #adaptersOf(event: unknown): readonly RecordAdapter[] {
    if (this.#takesWhole && this.consumers.takesWhole(event)) return [directAdapterOf(event)];
    const found = detectAmong(this.#sources, event);
    // No consumer will take it: the error names its source.
    return found.length > 0 ? found : detectRecordAdapters(event);
  }

  /** `@OnEvent` methods get lists of pipes as they are. */
  #fromPipe(event: unknown): unknown {
    return this.consumers.takesWhole(event) ? event : eventOfPipe(event);
  }

  /** Runs the records, whose log data are inside of those of the invocation. */
  #run({ all }: RecordEntries, batch: RecordEvent): MaybePromise<void> {
    const { adapter, event, lambdaContext } = batch;
    const invocation = new EventFields(lambdaContext.awsRequestId, lambdaContext, this.log.logger);
    const caller = new RecordCaller(this.processor.callOptions, invocation);
    const inWindow = adapter.inWindow?.(event) ? withWindowState(batch, caller, this.config.json) : caller;
    return logState.events.run(invocation, runRecords, all, inWindow, this.config.batch.concurrency);
  }

  /**
   * Encodes the outcomes. What consumers returned is serialized by class-transformer's decorators, as responses are,
   * because Lambda's runtime doesn't know them.
   */
  #encode(
    outcomes: readonly RecordOutcome[],
    records: readonly SourceRecord[],
    { adapter, event }: RecordEvent,
  ): unknown {
    const { json, options } = this.config;
    if (this.#rejecting.has(adapter.source)) rejectFailures(outcomes);
    const hides = adapter.showsErrors && options.unhandledErrors === 'respond';
    const result = adapter.encode(hides ? outcomes.map(hidden) : outcomes, records, event, json);
    return adapter.namesFailures ? result : withoutBigInts(serialize(result));
  }
}

/** Replaces an unhandled error, which callers must not see; the log has it. */
function hidden(outcome: RecordOutcome): RecordOutcome {
  return outcome.failed ? { failed: true, error: shownError(outcome.error) } : outcome;
}
