import { plainHeaders, refuseUnknownNames } from '../errors/option-rules.js';
import { brand } from '../shared/brand.js';
import { EventLines } from './event-lines.js';
import { IterableStream, iteratorOf } from './iterable-stream.js';
import type { JsonCodec } from './json.js';
import type { Request } from './request.js';
import type { ResponseOptions } from './response.js';
import { encodeEvent, type ServerSentEvent } from './server-sent-event.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

export type EventSourceContent = AsyncIterable<string | ServerSentEvent> | Iterable<string | ServerSentEvent>;

export interface EventSourceOptions extends Omit<ResponseOptions, 'mediaType'> {
  /** Seconds of silence after which a comment is sent, so that nothing on the way gives up; never unless given. */
  ping?: number;
}

const NAMES: ReadonlySet<string> = new Set<keyof EventSourceOptions>(['statusCode', 'headers', 'ping']);

/**
 * Sends server-sent events (WHATWG HTML, 9.2) as they come; give it to the streaming handler.
 *
 * @throws RangeError for a `ping` that is no positive number of seconds.
 */
export class EventSourceResponse extends StreamResponse<EventSourceContent> {
  readonly #ping: number | undefined;

  constructor(content: EventSourceContent, options: EventSourceOptions = {}) {
    refuseUnknownNames(options, NAMES, 'the options of an EventSourceResponse');
    const { ping, ...rest } = options;
    if (ping !== undefined && !(typeof ping === 'number' && ping > 0)) {
      throw new RangeError(`ping takes a positive number of seconds, not ${ping}`);
    }
    super(content, { ...rest, mediaType: 'text/event-stream', headers: { 'cache-control': 'no-cache', ...plainHeaders(rest.headers, 'of a Response') } });
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
