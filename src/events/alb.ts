import type { ALBEvent, ALBResult } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import { reasonPhrase } from '../errors/reason-phrase.js';
import { decodeFormComponent, type QueryPair } from '../http/request/query.js';
import type { RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import { isJsonObject } from '../shared/json-values.js';
import { isAlbEvent } from './http/event-shapes.js';
import { cookieHeaders, lastForwardedFor, listedHeaders } from './http/load-balancer-headers.js';
import { keepPath, withoutBasePath } from './http/path.js';
import { pairsOf, preferMulti, ValueMapSource } from './http/request-parts.js';
import { encodeBody, isBinary, joinedHeaders } from './http/response-parts.js';

/** Application Load Balancers, with and without multi-value headers. */
export const alb: HttpEventAdapter<ALBEvent, ALBResult> = {
  source: 'alb',
  detect: isAlbEvent,
  decode,
  encode,
  responseLimit: 1024 * 1024,
};

function decode(event: ALBEvent, options: DecodeOptions): RequestSource {
  return new AlbSource(event, event.httpMethod, withoutBasePath(keepPath(event.path), options));
}

/** ALB does not decode the query: names and values are still percent-encoded. */
class AlbSource extends ValueMapSource<ALBEvent> {
  /** ALB gives requests no id; one `x-amzn-trace-id` may span several requests. */
  get id(): undefined {
    return undefined;
  }

  get ip(): string | undefined {
    return lastForwardedFor(this.header('x-forwarded-for'));
  }

  queryString(): string {
    return this.#rawPairs()
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
  }

  rawQuery(): string {
    return this.queryString();
  }

  queryPairs(): readonly QueryPair[] {
    return this.#rawPairs().map(([name, value]) => [decodeFormComponent(name), decodeFormComponent(value)]);
  }

  #rawPairs(): QueryPair[] {
    return pairsOf(preferMulti(this.event.multiValueQueryStringParameters, this.event.queryStringParameters));
  }
}

/**
 * A target group with multi-value headers accepts lists only; one without them accepts single values only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
function encode({ statusCode, headers, cookies, body }: RenderedResponse, event: ALBEvent): ALBResult {
  const statusDescription = `${statusCode} ${reasonPhrase(statusCode) ?? 'Unknown'}`;
  const result: ALBResult = { statusCode, statusDescription, body: encodeBody(body), isBase64Encoded: isBinary(body) };
  if (isJsonObject(event.multiValueHeaders)) result.multiValueHeaders = listedHeaders(headers, cookies);
  else
    result.headers =
      cookies.length > 0 ? { ...joinedHeaders(headers), ...cookieHeaders(cookies) } : joinedHeaders(headers);
  return result;
}
