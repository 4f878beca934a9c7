import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import { formatQuery, parseFormPairs, type QueryPair } from '../http/request/query.js';
import type { HeaderPair, RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import { MAX_QUERY_PARAMETERS } from '../shared/input-limits.js';
import { asJsonObject } from '../shared/json-values.js';
import { isLatticeV1, isLatticeV2 } from './http/event-shapes.js';
import type { LatticeEventV1, LatticeEventV2 } from './http/lattice-events.js';
import { cookieHeaders, lastForwardedFor } from './http/load-balancer-headers.js';
import { keepPath, withoutBasePath } from './http/path.js';
import { type BodyEvent, BaseSource, headerOf, headerPairsOf, pairsOf, type ValueMap } from './http/request-parts.js';
import { encodeBody, isBinary, joinedHeaders } from './http/response-parts.js';

/** The members that both event structures of VPC Lattice have, under the same names. */
interface LatticeRequest extends BodyEvent {
  readonly method: string;
  readonly headers: ValueMap;
  /** Decoded; used if the path has no query string. */
  readonly query: ValueMap;
}

/** A request through VPC Lattice, which gives it no id. */
class LatticeSource extends BaseSource<LatticeRequest> implements RequestSource {
  readonly id = undefined;

  /** @param sentQuery The query string of the path. It keeps repeats and their order, which the map may not. */
  constructor(
    request: LatticeRequest,
    path: string,
    private readonly sentQuery: string | undefined,
  ) {
    super(request, request.method, path);
  }

  get ip(): string | undefined {
    return lastForwardedFor(this.header('x-forwarded-for'));
  }

  queryString(): string {
    return this.sentQuery ?? formatQuery(pairsOf(this.event.query));
  }

  rawQuery(): string | undefined {
    return this.sentQuery;
  }

  queryPairs(): readonly QueryPair[] {
    return this.sentQuery === undefined
      ? pairsOf(this.event.query)
      : parseFormPairs(this.sentQuery, MAX_QUERY_PARAMETERS);
  }

  headerPairs(): Iterable<HeaderPair> {
    return headerPairsOf(this.event.headers);
  }

  header(name: string): string | undefined {
    return headerOf(this.event.headers, name);
  }
}

/** Splits a path with a query string into the two. */
function splitTarget(target: unknown): { path: string; rawQuery: string | undefined } {
  const text = typeof target === 'string' ? target : '';
  const question = text.indexOf('?');
  return question === -1
    ? { path: keepPath(text), rawQuery: undefined }
    : { path: keepPath(text.slice(0, question)), rawQuery: text.slice(question + 1) };
}

/** The result that VPC Lattice expects, whatever the structure of its events. */
interface LatticeResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#respond-to-service */
function encodeLattice({ statusCode, headers, cookies, body }: RenderedResponse): LatticeResult {
  return {
    statusCode,
    headers: { ...joinedHeaders(headers), ...cookieHeaders(cookies) },
    body: encodeBody(body),
    isBase64Encoded: isBinary(body),
  };
}

/** In bytes: "The maximum size of the response JSON that the Lambda function can send is 6 MB". */
const LATTICE_RESPONSE_LIMIT = 6 * 1024 * 1024;

/** VPC Lattice with event structure V1. */
export const latticeV1: HttpEventAdapter<LatticeEventV1, LatticeResult> = {
  source: 'lattice-v1',
  detect: isLatticeV1,
  decode: decodeLatticeV1,
  encode: encodeLattice,
  responseLimit: LATTICE_RESPONSE_LIMIT,
};

function decodeLatticeV1(event: LatticeEventV1, options: DecodeOptions): RequestSource {
  const { path, rawQuery } = splitTarget(event.raw_path);
  const request = {
    method: event.method,
    headers: asJsonObject(event.headers),
    query: asJsonObject(event.query_string_parameters),
    body: event.body,
    isBase64Encoded: event.is_base64_encoded,
  };
  return new LatticeSource(request, withoutBasePath(path, options), rawQuery);
}

/** VPC Lattice with event structure V2. */
export const latticeV2: HttpEventAdapter<LatticeEventV2, LatticeResult> = {
  source: 'lattice-v2',
  detect: isLatticeV2,
  decode: decodeLatticeV2,
  encode: encodeLattice,
  responseLimit: LATTICE_RESPONSE_LIMIT,
};

function decodeLatticeV2(event: LatticeEventV2, options: DecodeOptions): RequestSource {
  const { path, rawQuery } = splitTarget(event.path);
  const { method, body, isBase64Encoded } = event;
  const request = {
    method,
    headers: asJsonObject(event.headers),
    query: asJsonObject(event.queryStringParameters),
    body,
    isBase64Encoded,
  };
  return new LatticeSource(request, withoutBasePath(path, options), rawQuery);
}
