import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { contentOf, textOf } from '../../contracts/record-content.js';
import { carriedRequest } from '../../events/carried/carried-request.js';
import { eventOfEnvelope, isSnsEnvelope } from '../../events/carried/sns-envelope.js';
import { detectRecordAdapters } from '../../events/detection/record-adapters.js';
import { rejectFailures } from '../../events/results/batch-item-failures.js';
import { parseJson } from '../../http/message/json.js';
import type { RecordLog } from '../../logging/access-log/record-log.js';
import { type Carrier, CARRIERS, type Via } from '../../shared/event-types.js';
import type { ApplicationConfig } from '../options/application-config.js';
import {
  type CarrierDeclaration,
  type Consumer,
  type ConsumerRegistry,
  type DeclaredConsumer,
  isCarrier,
} from './consumer-registry.js';
import type { RecordEvent } from './record-context.js';
import { NOT_TRIED, type RecordEntry } from './run-records.js';
import { unexpectedMessage, unknownRecord } from './unknown-event.js';

/** A message that is declared to carry events or a request. */
interface Message {
  readonly record: SourceRecord;
  readonly event: RecordEvent;
  readonly carrier: CarrierDeclaration<Consumer>;
  /** The `via` of what it carries. */
  readonly via: Via;
}

/** The consumers and carriers that take the records of an application. */
interface RecordTakers {
  readonly consumers: ConsumerRegistry<Consumer>;
  readonly config: ApplicationConfig;
  readonly log: RecordLog;
}

/** The entry of a record, or the entries of all that a message carries, which may be none. */
type EntryOf = RecordEntry | readonly RecordEntry[];

/**
 * The records of one event with their consumers, and what messages are declared to carry. A record is what its source
 * and the declarations say it is, whatever it contains.
 */
export class RecordEntries {
  /** All entries, in the order of the records. */
  readonly all: readonly RecordEntry[];
  readonly #ofRecords: readonly EntryOf[];
  /** Records with the same attributes, such as those of one queue, have the same consumer among the same ones. */
  #attributes: SourceRecord['attributes'] | undefined;
  #consumers: ConsumerRegistry<Consumer> | undefined;
  #found: ReturnType<ConsumerRegistry<Consumer>['find']>;

  constructor(
    records: readonly SourceRecord[],
    event: RecordEvent,
    private readonly takers: RecordTakers,
  ) {
    if (records.length === 0) this.#sayNothingToDo(event.adapter);
    this.#ofRecords = records.map((record) => this.#of(record, event, takers.consumers));
    this.all = this.#ofRecords.some(isList) ? this.#ofRecords.flat() : (this.#ofRecords as readonly RecordEntry[]);
  }

  /** Returns the outcome of each record; a message has failed if any record that it carries has. */
  outcomes(): readonly RecordOutcome[] {
    return this.#ofRecords.map((entry) => (isList(entry) ? outcomeOf(entry) : entry.outcome));
  }

  #of(record: SourceRecord, event: RecordEvent, consumers: ConsumerRegistry<Consumer>): EntryOf {
    const { source } = event.adapter;
    // A malformed record goes to no consumer.
    if (record.malformed) return failing(record, event, record.malformed);
    if (this.#attributes !== record.attributes || this.#consumers !== consumers) {
      this.#found = consumers.find(source, record);
      this.#attributes = record.attributes;
      this.#consumers = consumers;
    }
    const found = this.#found;
    if (!found) return failing(record, event, unknownRecord(source, record, consumers));
    if (isCarrier(found)) return this.#open({ record, event, carrier: found, via: viaOf(record, source as Carrier) });
    return { record, event: found.metadata.batch ? outermostOf(event) : event, consumer: found, outcome: NOT_TRIED };
  }

  #open(message: Message): readonly RecordEntry[] {
    const { record, event, carrier } = message;
    try {
      const value = valueIn(record, this.takers.config);
      return carrier.carries === 'requests'
        ? [this.#request(value, message)]
        : this.#events(value, message, carrier.carries);
    } catch (error) {
      return [failing(record, event, error)];
    }
  }

  #request(value: unknown, { record, event, via, carrier }: Message): RecordEntry {
    const request = carriedRequest(value, { id: record.id, via }, this.takers.config);
    if (!request) throw unexpectedMessage(value, via, carrier);
    return { record, event, consumer: undefined, request, outcome: NOT_TRIED };
  }

  #events(
    value: unknown,
    { record: message, event: outer, via, carrier }: Message,
    consumers: ConsumerRegistry<Consumer>,
  ): RecordEntry[] {
    const event = isSnsEnvelope(value) ? eventOfEnvelope(value) : value;
    const declared = detectRecordAdapters(event).filter(({ source }) => consumers.has(source));
    const decoded = readEvent(event, declared, consumers);
    if (!decoded) throw unexpectedMessage(value, via, carrier);
    const { adapter, records } = decoded;
    if (records.length === 0) this.#sayNothingToDo(adapter);
    const inner: RecordEvent = { ...outer, adapter, event, outermost: outer.outermost ?? outer.event };
    // It has the order and the delivery attempt of its message.
    const ofMessage = { group: message.group, attempt: message.attempt, via, message };
    return records.flatMap((record) => this.#of({ ...record, ...ofMessage }, inner, consumers));
  }

  #sayNothingToDo({ source }: RecordAdapter): void {
    this.takers.log.logger.debug(`The event of ${source} has no records: there is nothing to do`);
  }
}

function failing(record: SourceRecord, event: RecordEvent, error: unknown): RecordEntry {
  return { record, event, consumer: undefined, error, outcome: NOT_TRIED };
}

function isList(entries: EntryOf): entries is readonly RecordEntry[] {
  return Array.isArray(entries);
}

function outcomeOf(carried: readonly RecordEntry[]): RecordOutcome {
  try {
    return { failed: false, value: rejectFailures(carried.map(({ outcome }) => outcome)) };
  } catch (error) {
    return { failed: true, error };
  }
}

/** A batch may come from several messages: only the event that Lambda delivered has them all. */
function outermostOf(event: RecordEvent): RecordEvent {
  return event.outermost === undefined ? event : { ...event, event: event.outermost };
}

function viaOf({ via, attributes }: SourceRecord, source: Carrier): Via {
  return Object.freeze({ ...via, [source]: attributes[CARRIERS[source]] } as Via);
}

/** Parses a message as JSON, or returns its text. @throws HttpException if it can't be decoded. */
function valueIn(message: SourceRecord, { json }: ApplicationConfig): unknown {
  const text = String(textOf(contentOf(message)));
  try {
    return parseJson(text, json);
  } catch {
    return text;
  }
}

/** An event's records, as a source that it has the shape of decodes them. */
export interface DecodedEvent {
  readonly adapter: RecordAdapter;
  readonly records: readonly SourceRecord[];
}

/**
 * Decodes an event's records. If it has the shape of two sources, the first one that has a consumer for it decides.
 *
 * @returns `undefined` without a source.
 */
export function readEvent(
  event: unknown,
  adapters: readonly RecordAdapter[],
  consumers: ConsumerRegistry<DeclaredConsumer>,
): DecodedEvent | undefined {
  let first: DecodedEvent | undefined;
  for (const adapter of adapters) {
    const records = adapter.decode(event);
    const decides = adapters.length === 1 || records.some((record) => consumers.find(adapter.source, record));
    if (decides) return { adapter, records };
    first ??= { adapter, records };
  }
  return first;
}
