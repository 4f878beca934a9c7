import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import { asHttpException } from '../../errors/http-exception.js';
import { rejectFailures } from '../../events/outcomes.js';
import { detectRecordAdapters, directAdapterOf } from '../../events/record-adapters.js';
import type { RecordLog } from '../../logging/access-log/record-log.js';
import { serialize, withoutBigInts } from '../../validation/output/serialize.js';
import type { HttpDispatcher } from '../http/http-dispatcher.js';
import type { ApplicationConfig } from '../options/config.js';
import type { Consumer, ConsumerRegistry } from './consumer-registry.js';
import type { RecordEvent } from './record-context.js';
import { type DecodedEvent, readEvent, RecordEntries } from './record-entries.js';
import { RecordProcessor } from './record-processor.js';
import { type Handle, type RecordEntry, runRecords } from './run-records.js';
import { unknownEvent } from './unknown-event.js';
import { withWindowState } from './window-state.js';

/** Takes an event's records to their consumers, and tells the source what became of them. */
export class RecordDispatcher {
  readonly #delivery: RecordProcessor;
  readonly #entries: RecordEntries;
  readonly #rejecting: ReadonlySet<string>;

  constructor(
    readonly takers: ConsumerRegistry<Consumer>,
    http: HttpDispatcher,
    readonly config: ApplicationConfig,
    readonly log: RecordLog,
  ) {
    this.#rejecting = new Set(config.batch.rejectWhole);
    this.#entries = new RecordEntries(takers, config, log.logger);
    this.#delivery = new RecordProcessor({ http, config, log });
  }

  /**
   * What a consumer returned is written as decorators of its class say, as answers are: Lambda's runtime knows of none.
   *
   * @throws Error when nobody takes the event, or when a record failed and the source can't be told of single ones.
   */
  async dispatch(event: unknown, lambdaContext: LambdaContext): Promise<unknown> {
    const start = performance.now();
    const { adapter, records } = this.#read(event);
    const outcomes = await this.#handle(records, { adapter, event, lambdaContext }, start);
    if (this.#rejecting.has(adapter.source)) rejectFailures(outcomes);
    const hides = adapter.showsErrors && this.config.options.unhandledErrors === 'respond';
    return withoutBigInts(
      serialize(adapter.encode(hides ? outcomes.map(hidden) : outcomes, records, event, this.config.json)),
    );
  }

  /** @returns what became of each record: of a message that carries something, what became of that. */
  async #handle(records: readonly SourceRecord[], event: RecordEvent, start: number): Promise<RecordOutcome[]> {
    const { adapter, lambdaContext } = event;
    const coldStart = adapter.batches ? this.log.takeColdStart() : undefined;
    if (records.length === 0)
      this.log.logger.debug(`The event of ${adapter.source} has no records: there is nothing to do`);
    const entries = records.map((record) => this.#entries.of(record, event));
    await runRecords(entries.flat(), this.#deliveryOf(event), this.config.batch.concurrency);
    const outcomes = entries.map(outcomeOf);
    if (adapter.batches)
      this.log.batch({ source: adapter.source, id: lambdaContext.awsRequestId, outcomes, start, coldStart });
    return outcomes;
  }

  #deliveryOf(event: RecordEvent): Handle {
    const deliver = (step: readonly RecordEntry[], of?: RecordEvent) => this.#delivery.handle(step, of);
    return event.adapter.inWindow?.(event.event) ? withWindowState(event, deliver) : (step) => deliver(step);
  }

  #read(event: unknown): DecodedEvent {
    const read = readEvent(event, this.#adaptersOf(event), this.takers);
    if (!read) throw unknownEvent(event, this.takers.labels());
    return read;
  }

  /** `@OnEvent` goes first: it was written for this very event. */
  #adaptersOf(event: unknown): readonly RecordAdapter[] {
    return this.takers.takesWhole(event) ? [directAdapterOf(event)] : detectRecordAdapters(event);
  }
}

/** A message has failed with any record that it carries. */
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

/** As over HTTP: of an error that nobody meant for them strangers learn nothing. The log has it. */
function hidden(outcome: RecordOutcome): RecordOutcome {
  if (!outcome.failed) return outcome;
  return {
    failed: true,
    error: asHttpException(outcome.error) ?? new InternalServerErrorException(undefined, { cause: outcome.error }),
  };
}
