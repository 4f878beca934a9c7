import type { RecordAdapter, SourceRecord } from '../../contracts/event-adapter.js';
import type { Logger } from '../../contracts/logger.js';
import { carriedRequest } from '../../events/carried-request.js';
import { detectRecordAdapters } from '../../events/record-adapters.js';
import { eventOfEnvelope, isSnsEnvelope } from '../../events/sns.js';
import { parseJson } from '../../http/message/json.js';
import { type Carrier, CARRIERS, type Via } from '../../shared/event-types.js';
import type { ApplicationConfig } from '../options/config.js';
import {
  type Consumer,
  type ConsumerRegistry,
  type DeclaredConsumer,
  isOpening,
  type Opening,
} from './consumer-registry.js';
import type { RecordEvent } from './record-context.js';
import { NOT_TRIED, type RecordEntry } from './run-records.js';
import { unexpectedMessage, unknownRecord } from './unknown-event.js';

/** A message that is declared to carry something. */
interface Message {
  readonly record: SourceRecord;
  readonly event: RecordEvent;
  readonly opening: Opening<Consumer>;
  /** Of what it carries. */
  readonly via: Via;
}

/**
 * Finds what is to be done with an event's records: who takes each of them, and what those carry that are declared to
 * carry something. What a record is was said by its source and the declarations; its content has no say in that.
 */
export class RecordEntries {
  constructor(
    private readonly takers: ConsumerRegistry<Consumer>,
    private readonly config: ApplicationConfig,
    private readonly logger: Logger,
  ) {}

  /**
   * The record's entry, or those of all that it carries, which may be nothing.
   *
   * @param takers Who may take it, where it is in a message.
   */
  of(record: SourceRecord, event: RecordEvent, takers = this.takers): RecordEntry | readonly RecordEntry[] {
    const { source } = event.adapter;
    // What is no record goes to nobody.
    if (record.malformed) return failing(record, event, record.malformed);
    const taker = takers.find(source, record);
    if (!taker) return failing(record, event, unknownRecord(source, record, takers.labels()));
    if (isOpening(taker)) return this.#open({ record, event, opening: taker, via: viaOf(record, source as Carrier) });
    return { record, event: taker.metadata.batch ? deliveredAs(event) : event, consumer: taker, outcome: NOT_TRIED };
  }

  #open(message: Message): readonly RecordEntry[] {
    const { record, event, opening } = message;
    try {
      const value = valueIn(record, this.config);
      return opening.opens === 'requests'
        ? [this.#request(value, message)]
        : this.#events(value, message, opening.opens);
    } catch (error) {
      return [failing(record, event, error)];
    }
  }

  #request(value: unknown, { record, event, via, opening }: Message): RecordEntry {
    const request = carriedRequest(value, { id: record.id, via }, this.config);
    if (!request) throw unexpectedMessage(value, via, opening);
    return { record, event, consumer: undefined, request, outcome: NOT_TRIED };
  }

  #events(
    value: unknown,
    { record: message, event: outer, via, opening }: Message,
    takers: ConsumerRegistry<Consumer>,
  ): RecordEntry[] {
    const event = isSnsEnvelope(value) ? eventOfEnvelope(value) : value;
    const declared = detectRecordAdapters(event).filter(({ source }) => takers.has(source));
    const decoded = readEvent(event, declared, takers);
    if (!decoded) throw unexpectedMessage(value, via, opening);
    const { adapter, records } = decoded;
    if (records.length === 0) this.#sayNothingToDo(adapter);
    const inner: RecordEvent = { ...outer, adapter, event, delivered: outer.delivered ?? outer.event };
    // It stands in the order of its message, and has come as often.
    const ofMessage = { group: message.group, attempt: message.attempt, via, message };
    return records.flatMap((record) => this.of({ ...record, ...ofMessage }, inner, takers));
  }

  #sayNothingToDo({ source }: RecordAdapter): void {
    this.logger.debug(`The event of ${source} has no records: there is nothing to do`);
  }
}

function failing(record: SourceRecord, event: RecordEvent, error: unknown): RecordEntry {
  return { record, event, consumer: undefined, error, outcome: NOT_TRIED };
}

/** Records of a whole batch come from several messages: of these there is one event that has them all. */
function deliveredAs(event: RecordEvent): RecordEvent {
  return event.delivered === undefined ? event : { ...event, event: event.delivered };
}

function viaOf({ via, attributes }: SourceRecord, source: Carrier): Via {
  return Object.freeze({ ...via, [source]: attributes[CARRIERS[source]] } as Via);
}

/** JSON where it is JSON, else the text. */
function valueIn(message: SourceRecord, { json }: ApplicationConfig): unknown {
  const content = message.content();
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : String(content);
  try {
    return parseJson(text, json);
  } catch {
    return text;
  }
}

/** An event, as a source of records that has its shape reads it. */
export interface DecodedEvent {
  readonly adapter: RecordAdapter;
  readonly records: readonly SourceRecord[];
}

/**
 * Reads an event's records. Where it has the shape of two sources, the first one that a consumer is there for reads it.
 *
 * @returns `undefined` without a source.
 */
export function readEvent(
  event: unknown,
  adapters: readonly RecordAdapter[],
  takers: ConsumerRegistry<DeclaredConsumer>,
): DecodedEvent | undefined {
  const decoded = adapters.map((adapter) => ({ adapter, records: adapter.decode(event) }));
  const [first] = decoded;
  if (decoded.length < 2) return first;
  return decoded.find(({ adapter, records }) => records.some((record) => takers.find(adapter.source, record))) ?? first;
}
