import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { formatQuery, parseFormPairs, type QueryPair } from '../../http/request/query.js';
import type { HeaderPair, RequestSource } from '../../http/request/request-source.js';
import type { RenderedResponse } from '../../http/response/rendered-response.js';
import { MAX_QUERY_PARAMETERS } from '../../shared/input-limits.js';
import { asString, isJsonObject } from '../../shared/json-values.js';
import { BodySource, encodeBody, isBinary } from './body.js';
import { isAuthorizerEvent } from './gateway-events.js';
import { joinedHeaders } from './headers.js';
import { headerOf, headerPairsOf, joinValues, pairsOf, preferMulti, type ValueMap } from './value-map.js';

/** Whether an event has payload format 2.0, of HTTP APIs and Function URLs. Other sources have a `rawPath`, too. */
export function isPayloadV2(event: unknown): event is APIGatewayProxyEventV2 {
  if (!isJsonObject(event)) return false;
  const { requestContext } = event as { readonly requestContext?: { readonly http?: { readonly method?: unknown } } };
  return typeof requestContext?.http?.method === 'string' && !isAuthorizerEvent(event);
}

/** Whether payload 2.0 comes from a Function URL. Only the domain tells it from an HTTP API. */
export function isFunctionUrl(event: APIGatewayProxyEventV2): boolean {
  const domain: unknown = event.requestContext.domainName;
  return typeof domain === 'string' && domain.includes('.lambda-url.');
}

/** Returns `rawPath`, or the same path of the request context for hand-written events that lack it. */
export function rawPathOf({
  rawPath,
  requestContext,
}: Pick<APIGatewayProxyEventV2, 'rawPath' | 'requestContext'>): string | undefined {
  return asString(rawPath) ?? asString(requestContext.http.path);
}

/** A request in payload format 2.0. The two services differ in the path only, so that is a parameter. */
export class PayloadV2Source extends BodySource<APIGatewayProxyEventV2> implements RequestSource {
  readonly method: string;

  constructor(
    event: APIGatewayProxyEventV2,
    readonly path: string,
  ) {
    super(event);
    this.method = event.requestContext.http.method.toUpperCase();
  }

  get id(): string | undefined {
    return asString(this.event.requestContext.requestId);
  }

  get ip(): string | undefined {
    return asString(this.event.requestContext.http.sourceIp);
  }

  /**
   * Prefers the raw query string. `queryStringParameters` joins repeats with commas, so it loses literal commas; it is
   * used only if the raw one is missing or empty.
   */
  queryString(): string {
    return this.rawQuery() ?? formatQuery(pairsOf(preferMulti(undefined, this.event.queryStringParameters)));
  }

  rawQuery(): string | undefined {
    return asString(this.event.rawQueryString) || undefined;
  }

  queryPairs(): readonly QueryPair[] {
    return parseFormPairs(this.queryString(), MAX_QUERY_PARAMETERS);
  }

  headerPairs(): Iterable<HeaderPair> {
    const pairs = headerPairsOf(this.#headers());
    const cookies = this.#cookies();
    return cookies === undefined ? pairs : [...pairs.filter(([name]) => name !== 'cookie'), ['cookie', cookies]];
  }

  /** AWS sends lower-case names, so one lookup finds a header; hand-written events may use any case. */
  header(name: string): string | undefined {
    if (name === 'cookie') return this.#cookies() ?? headerOf(this.#headers(), name);
    const { headers } = this.event;
    if (!isJsonObject(headers)) return undefined;
    const value = headers[name];
    return typeof value === 'string' ? value : headerOf(headers, name);
  }

  #headers(): ValueMap {
    return preferMulti(undefined, this.event.headers);
  }

  /** Function URLs send cookies in the header too, HTTP APIs in this list only. */
  #cookies(): string | undefined {
    const { cookies } = this.event;
    return Array.isArray(cookies) ? joinValues(cookies, '; ') : undefined;
  }
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function encodePayloadV2({
  statusCode,
  headers,
  cookies,
  body,
}: RenderedResponse): APIGatewayProxyStructuredResultV2 {
  const result: APIGatewayProxyStructuredResultV2 = {
    statusCode,
    headers: joinedHeaders(headers),
    body: typeof body === 'string' ? body : encodeBody(body),
    isBase64Encoded: typeof body !== 'string' && isBinary(body),
  };
  if (cookies.length > 0) result.cookies = [...cookies];
  return result;
}
