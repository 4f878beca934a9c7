import type { RecordAdapter, SourceRecord } from '../../contracts/event-adapter.js';
import type { Logger } from '../../contracts/logger.js';
import { carriedRequest } from '../../events/carried-request.js';
import { detectRecordAdapters } from '../../events/record-adapters.js';
import { eventOfEnvelope, isSnsEnvelope } from '../../events/sns-envelope.js';
import { parseJson } from '../../http/message/json.js';
import { type Carrier, CARRIERS, type Via } from '../../shared/event-types.js';
import type { ApplicationConfig } from '../options/config.js';
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

interface Found {
  readonly attributes: SourceRecord['attributes'];
  readonly consumer: ReturnType<ConsumerRegistry<Consumer>['find']>;
}

/**
 * Finds the consumers of one event's records, and of the events and requests that messages are declared to carry. A
 * record is what its source and the declarations say it is, whatever it contains.
 */
export class RecordEntries {
  /** What {@link ConsumerRegistry.find} last found. Records with the same attributes have the same consumer. */
  #last: Found | undefined;

  constructor(
    private readonly consumers: ConsumerRegistry<Consumer>,
    private readonly config: ApplicationConfig,
    private readonly logger: Logger,
  ) {}

  /**
   * Returns the record's entry, or the entries of all that it carries, which may be none.
   *
   * @param consumers The consumers that may take it, if it is in a message.
   */
  of(record: SourceRecord, event: RecordEvent, consumers = this.consumers): RecordEntry | readonly RecordEntry[] {
    const { source } = event.adapter;
    // A malformed record goes to no consumer.
    if (record.malformed) return failing(record, event, record.malformed);
    const found = consumers === this.consumers ? this.#find(source, record) : consumers.find(source, record);
    if (!found) return failing(record, event, unknownRecord(source, record, consumers));
    if (isCarrier(found)) return this.#open({ record, event, carrier: found, via: viaOf(record, source as Carrier) });
    return { record, event: found.metadata.batch ? outermostOf(event) : event, consumer: found, outcome: NOT_TRIED };
  }

  /** Looks once for all records that share their attributes, as those of one queue do. */
  #find(source: string, record: SourceRecord): Found['consumer'] {
    if (this.#last?.attributes !== record.attributes)
      this.#last = { attributes: record.attributes, consumer: this.consumers.find(source, record) };
    return this.#last.consumer;
  }

  #open(message: Message): readonly RecordEntry[] {
    const { record, event, carrier } = message;
    try {
      const value = valueIn(record, this.config);
      return carrier.carries === 'requests'
        ? [this.#request(value, message)]
        : this.#events(value, message, carrier.carries);
    } catch (error) {
      return [failing(record, event, error)];
    }
  }

  #request(value: unknown, { record, event, via, carrier }: Message): RecordEntry {
    const request = carriedRequest(value, { id: record.id, via }, this.config);
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
    return records.flatMap((record) => this.of({ ...record, ...ofMessage }, inner, consumers));
  }

  #sayNothingToDo({ source }: RecordAdapter): void {
    this.logger.debug(`The event of ${source} has no records: there is nothing to do`);
  }
}

function failing(record: SourceRecord, event: RecordEvent, error: unknown): RecordEntry {
  return { record, event, consumer: undefined, error, outcome: NOT_TRIED };
}

/** A batch may come from several messages: only the event that Lambda delivered has them all. */
function outermostOf(event: RecordEvent): RecordEvent {
  return event.outermost === undefined ? event : { ...event, event: event.outermost };
}

function viaOf({ via, attributes }: SourceRecord, source: Carrier): Via {
  return Object.freeze({ ...via, [source]: attributes[CARRIERS[source]] } as Via);
}

/** Parses a message as JSON, or returns its text. */
function valueIn(message: SourceRecord, { json }: ApplicationConfig): unknown {
  const content = message.content();
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : String(content);
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
  const decoded = adapters.map((adapter) => ({ adapter, records: adapter.decode(event) }));
  const [first] = decoded;
  if (decoded.length < 2) return first;
  return (
    decoded.find(({ adapter, records }) => records.some((record) => consumers.find(adapter.source, record))) ?? first
  );
}
