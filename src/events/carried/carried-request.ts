import type { DecodeOptions, HttpEventAdapter } from '../../contracts/event-adapter.js';
import type { QueryPair } from '../../http/request/query.js';
import type { HeaderPair, RequestSource } from '../../http/request/request-source.js';
import type { Via } from '../../shared/event-types.js';
import { asJsonObject, isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { detectHttpAdapter } from '../detection/all-http-adapters.js';

/** The message that carries a request. */
export interface RequestMessage {
  readonly id: string;
  /** The queue or topic of the message. */
  readonly via: Via;
}

/** A request carried by a message, with the adapter that dispatches it. */
export interface CarriedRequest {
  readonly adapter: HttpEventAdapter;
  /** The trusted members of the event in the message, and nothing else. */
  readonly event: PlainObject;
}

/**
 * Reads a request from the content of a message. A gateway vouches for the caller's identity and address; nobody
 * vouches for a message. So only method, path, query, headers and body are read.
 *
 * @returns `undefined` if the content is not a request.
 */
export function carriedRequest(
  event: unknown,
  message: RequestMessage,
  options: DecodeOptions,
): CarriedRequest | undefined {
  const gateway = detectHttpAdapter(event);
  if (!gateway) return undefined;
  const source = new CarriedSource(gateway.decode(event, options), message);
  return { adapter: adapterOf(source, gateway), event: trustedMembers(event as PlainObject) };
}

/** Nobody waits for the response. Only its status matters: it decides whether the message succeeded. */
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
    for (const pair of this.#inner.headerPairs()) if (!isGatewayHeader(pair[0])) yield pair;
  }

  header(name: string): string | undefined {
    return isGatewayHeader(name) ? undefined : this.#inner.header(name);
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
 * Headers that gateways set themselves, whatever a client sends: the caller, its certificate, its network. AWS may add
 * more, so all of them are dropped except for the trace id.
 */
const GATEWAY_HEADER = /^x-amzn-(?!trace-id$)/i;

function isGatewayHeader(header: string): boolean {
  return GATEWAY_HEADER.test(header);
}

/** The members that hold the request in the events of all gateways. */
const TRUSTED: readonly string[] = [
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

function trustedMembers(event: PlainObject): PlainObject {
  const trusted = Object.entries(event).filter(([name]) => TRUSTED.includes(name));
  const { method, path } = asJsonObject(asJsonObject(event['requestContext'])['http']);
  // Gateway events always have one, so code that reads it finds an empty one.
  const requestContext = method === undefined ? {} : { http: { method, path } };
  return {
    ...Object.fromEntries(
      trusted.map(([name, value]) => [name, HEADERS.test(name) ? withoutGatewayHeaders(value) : value]),
    ),
    requestContext,
  };
}

const HEADERS = /^(?:h|multiValueH)eaders$/;

function withoutGatewayHeaders(headers: unknown): unknown {
  if (!isJsonObject(headers)) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isGatewayHeader(name)));
}
