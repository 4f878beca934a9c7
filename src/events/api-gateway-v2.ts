import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import { formatQuery, parseFormPairs, type QueryPair } from '../http/request/query.js';
import type { HeaderPair, RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import { MAX_QUERY_PARAMETERS } from '../shared/input-limits.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import { encodePath, withoutBasePath, withoutStage } from './http/path.js';
import {
  BaseSource,
  headerOf,
  headerPairsOf,
  joinValues,
  pairsOf,
  preferMulti,
  type ValueMap,
} from './http/request-parts.js';
import { encodeBody, isBinary, joinedHeaders } from './http/response-parts.js';

/** HTTP APIs with payload format 2.0. */
export const apiGatewayV2: HttpEventAdapter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  source: 'api-gateway-v2',
  detect,
  decode,
  encode: encodePayloadV2,
  responseLimit: 6 * 1024 * 1024,
};

function detect(event: unknown): event is APIGatewayProxyEventV2 {
  return isPayloadV2(event, false);
}

/** HTTP APIs decode `rawPath` and keep a named stage in it. */
function decode(event: APIGatewayProxyEventV2, options: DecodeOptions): RequestSource {
  const { stage, http } = event.requestContext;
  const path = encodePath(rawPathOf(event));
  const routed = stage === undefined || stage === '$default' ? path : withoutStage(path, stage);
  return new PayloadV2Source(event, http.method, options.basePath?.length ? withoutBasePath(routed, options) : routed);
}

/**
 * Whether an event has payload format 2.0, of HTTP APIs and Function URLs. Other sources have a `rawPath`, too. Only
 * the domain tells the two apart.
 */
export function isPayloadV2(event: unknown, isFunctionUrl: boolean): event is APIGatewayProxyEventV2 {
  const { requestContext } = (event ?? {}) as { readonly requestContext?: RequestContext | null };
  if (typeof requestContext?.http?.method !== 'string') return false;
  const { domainName } = requestContext;
  return isFunctionUrl === (typeof domainName === 'string' && domainName.includes('.lambda-url.'));
}

/** Its members that are read before it is known what event it is. */
interface RequestContext {
  readonly http?: { readonly method?: unknown };
  readonly domainName?: unknown;
}

/** Returns `rawPath`, or the same path of the request context for hand-written events that lack it. */
export function rawPathOf({
  rawPath,
  requestContext,
}: Pick<APIGatewayProxyEventV2, 'rawPath' | 'requestContext'>): string | undefined {
  return typeof rawPath === 'string' ? rawPath : asString(requestContext.http.path);
}

/** A request in payload format 2.0. The two services differ in the path only, so that is a parameter. */
export class PayloadV2Source extends BaseSource<APIGatewayProxyEventV2> implements RequestSource {
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
