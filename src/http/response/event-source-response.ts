import { plainHeaders, refuseUnknownNames } from '../../errors/option-names.js';
import { brand } from '../../shared/brand.js';
import type { JsonCodec } from '../message/json.js';
import type { Request } from '../request/request.js';
import { type ChunkIterator, IterableStream, iteratorOf } from './byte-stream.js';
import type { ResponseOptions } from './response.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

export type EventSourceContent = AsyncIterable<string | ServerSentEvent> | Iterable<string | ServerSentEvent>;

export interface EventSourceOptions extends Omit<ResponseOptions, 'mediaType'> {
  /** Sends a comment after this many seconds of silence, so that proxies keep the connection. Default: never. */
  ping?: number;
}

const NAMES: ReadonlySet<string> = new Set<keyof EventSourceOptions>(['statusCode', 'headers', 'ping']);

/**
 * Sends server-sent events (WHATWG HTML, 9.2) as they come. Use it with the streaming handler.
 *
 * @throws RangeError for a `ping` that is not a positive number of seconds.
 */
export class EventSourceResponse extends StreamResponse<EventSourceContent> {
  readonly #ping: number | undefined;

  constructor(content: EventSourceContent, options: EventSourceOptions = {}) {
    refuseUnknownNames(options, NAMES, 'the options of an EventSourceResponse');
    const { ping, ...rest } = options;
    if (ping !== undefined && !(typeof ping === 'number' && ping > 0)) {
      throw new RangeError(`ping takes a positive number of seconds, not ${ping}`);
    }
    super(content, {
      ...rest,
      mediaType: 'text/event-stream',
      headers: { 'cache-control': 'no-cache', ...plainHeaders(rest.headers, 'of a Response') },
    });
    this.#ping = ping;
  }

  override open(request: Request, json?: JsonCodec): OpenedBody {
    const events = iteratorOf(this.content);
    const lines = new EventLines(events, (event) => encodeEvent(event, json), this.#ping);
    const body = new IterableStream(lines);
    if (request.method !== 'HEAD') return { body };
    body.destroy();
    return { body: null };
  }
}
brand(EventSourceResponse, 'EventSourceResponse');

const PING = ': ping\n\n';

/** Encodes events as text, with a comment after each silence. */
class EventLines implements AsyncIterator<string> {
  #pending: Promise<IteratorResult<unknown>> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param ping The seconds of silence after which a comment is due. */
  constructor(
    private readonly events: ChunkIterator,
    private readonly encode: (event: unknown) => string,
    private readonly ping: number | undefined,
  ) {}

  async next(): Promise<IteratorResult<string>> {
    this.#pending ??= this.#pull();
    const result = this.ping === undefined ? await this.#pending : await this.#orSilence(this.#pending, this.ping);
    if (result === undefined) return { done: false, value: PING };
    this.#pending = undefined;
    return result.done === true ? { done: true, value: undefined } : { done: false, value: this.encode(result.value) };
  }

  async return(): Promise<IteratorResult<string>> {
    clearTimeout(this.#timer);
    await this.events.return?.();
    return { done: true, value: undefined };
  }

  async #pull(): Promise<IteratorResult<unknown>> {
    const { done, value } = await this.events.next();
    return done === true ? { done, value: undefined } : { done: false, value: await value };
  }

  async #orSilence<T>(pending: Promise<T>, seconds: number): Promise<T | undefined> {
    const silence = new Promise<undefined>((resolve) => {
      this.#timer = setTimeout(resolve, seconds * 1000, undefined);
    });
    try {
      return await Promise.race([pending, silence]);
    } finally {
      clearTimeout(this.#timer);
    }
  }
}

/** One event of a `text/event-stream` (WHATWG HTML, 9.2.6). */
interface ServerSentEvent {
  /** Strings are sent as they are, line by line; anything else as JSON. */
  data?: unknown;
  /** The event type. Default: `message`. */
  event?: string;
  /** The id that the client sends in `Last-Event-ID` when it reconnects. */
  id?: string;
  /** The milliseconds after which the client reconnects. */
  retry?: number;
  /** A comment for people; clients ignore it. */
  comment?: string;
}

const MEMBERS: readonly string[] = ['data', 'event', 'id', 'retry', 'comment'];
const LINE_BREAK = /\r\n|\r|\n/;

/**
 * Encodes an event, including the blank line after it. A string is an event with that data.
 *
 * @throws TypeError for an unknown member, a line break in `event` or `id`, or a `retry` that is not a whole number.
 */
export function encodeEvent(value: unknown, json: JsonCodec = JSON): string {
  const event = typeof value === 'string' ? { data: value } : checkedEvent(value);
  const lines = [
    ...linesOf('', event.comment),
    ...lineOf('event', event.event),
    ...lineOf('id', event.id),
    ...lineOf('retry', event.retry === undefined ? undefined : checkedRetry(event.retry)),
    ...linesOf('data', typeof event.data === 'string' ? event.data : json.stringify(event.data)),
  ];
  return `${lines.join('\n')}\n\n`;
}

function checkedEvent(value: unknown): ServerSentEvent {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`An event is a string or an object with ${MEMBERS.join(', ')}, not ${String(value)}`);
  }
  const unknown = Object.keys(value).filter((name) => !MEMBERS.includes(name));
  if (unknown.length === 0) return value;
  throw new TypeError(`An event has ${MEMBERS.join(', ')}, but not ${unknown.join(', ')}: put your data into data`);
}

function linesOf(name: string, text: string | undefined): string[] {
  return text === undefined ? [] : text.split(LINE_BREAK).map((line) => `${name}: ${line}`);
}

function lineOf(name: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  // oxlint-disable-next-line no-control-regex -- a client ignores an id with NUL in it.
  if (/[\r\n\0]/.test(value)) throw new TypeError(`The ${name} of an event must not contain line breaks or NUL`);
  return [`${name}: ${value}`];
}

function checkedRetry(milliseconds: number): string {
  if (Number.isInteger(milliseconds) && milliseconds >= 0) return String(milliseconds);
  throw new TypeError(`The retry of an event must be a whole number of milliseconds, not ${milliseconds}`);
}
