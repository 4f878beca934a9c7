import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import type { QueryPair } from '../http/request/query.js';
import type { HeaderPair, RequestSource } from '../http/request/request-source.js';
import type { Via } from '../shared/event-types.js';
import { asJsonObject, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { detectHttpAdapter } from './http-adapters.js';

/** The message that a request came in. */
export interface RequestMessage {
  readonly id: string;
  /** Whose message it is. */
  readonly via: Via;
}

/** A request that came in a message, as the application takes it. */
export interface CarriedRequest {
  readonly adapter: HttpEventAdapter;
  /** What is believed of the event in the message, and nothing else. */
  readonly event: PlainObject;
}

/**
 * Reads a request from what a message holds. A gateway vouches for who is calling, and from where; nobody vouches for a
 * message. So method, path, query, headers and body are read of it, and nothing else.
 *
 * @returns `undefined` when it is no request.
 */
export function carriedRequest(
  event: unknown,
  message: RequestMessage,
  options: DecodeOptions,
): CarriedRequest | undefined {
  const gateway = detectHttpAdapter(event);
  if (!gateway) return undefined;
  const source = new CarriedSource(gateway.decode(event, options), message);
  return { adapter: adapterOf(source, gateway), event: believedOf(event as PlainObject) };
}

/** Nobody waits for the answer: what becomes of the message depends on its status. */
function adapterOf(source: RequestSource, { source: name, responseLimit }: HttpEventAdapter): HttpEventAdapter {
  return {
    source: name,
    detect: (_event): _event is unknown => true,
    decode: () => source,
    encode: ({ statusCode }) => ({ statusCode }),
    responseLimit,
  };
}

class CarriedSource implements RequestSource {
  readonly ip = undefined;
  readonly id: string | undefined;
  readonly via: Via;
  readonly #inner: RequestSource;

  constructor(inner: RequestSource, { id, via }: RequestMessage) {
    this.#inner = inner;
    this.id = id || undefined;
    this.via = via;
  }

  get method(): string {
    return this.#inner.method;
  }

  get path(): string {
    return this.#inner.path;
  }

  queryString(): string {
    return this.#inner.queryString();
  }

  rawQuery(): string | undefined {
    return this.#inner.rawQuery();
  }

  queryPairs(): readonly QueryPair[] {
    return this.#inner.queryPairs();
  }

  *headerPairs(): Iterable<HeaderPair> {
    for (const pair of this.#inner.headerPairs()) if (!isVouched(pair[0])) yield pair;
  }

  header(name: string): string | undefined {
    return isVouched(name) ? undefined : this.#inner.header(name);
  }

  body(): Buffer | null {
    return this.#inner.body();
  }

  isText(): boolean {
    return this.#inner.isText();
  }

  text(): string | null {
    return this.#inner.text();
  }
}

/**
 * Headers that gateways write themselves, whatever a client sends: who is calling, by which certificate, from which
 * network. AWS may add to them, so that all of its own go, but for the trace.
 */
const VOUCHED = /^x-amzn-(?!trace-id$)/i;

function isVouched(header: string): boolean {
  return VOUCHED.test(header);
}

/** The members of a gateway's event that hold a request, whatever gateway it is. */
const BELIEVED: readonly string[] = [
  'version',
  'httpMethod',
  'method',
  'path',
  'rawPath',
  'raw_path',
  'cookies',
  'body',
  'isBase64Encoded',
  'is_base64_encoded',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'rawQueryString',
  'query_string_parameters',
  'headers',
  'multiValueHeaders',
];

function believedOf(event: PlainObject): PlainObject {
  const believed = Object.entries(event).filter(([name]) => BELIEVED.includes(name));
  const { method, path } = asJsonObject(asJsonObject(event['requestContext'])['http']);
  // There in the events of gateways, so that who looks into it finds that it says nothing.
  const requestContext = method === undefined ? {} : { http: { method, path } };
  return {
    ...Object.fromEntries(believed.map(([name, value]) => [name, HEADERS.test(name) ? withoutVouched(value) : value])),
    requestContext,
  };
}

const HEADERS = /^(?:h|multiValueH)eaders$/;

function withoutVouched(headers: unknown): unknown {
  if (!isJsonObject(headers)) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isVouched(name)));
}
