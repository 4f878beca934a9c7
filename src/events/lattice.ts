import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import { formatQuery, parseFormPairs, type QueryPair } from '../http/request/query.js';
import type { HeaderPair, RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import { MAX_QUERY_PARAMETERS } from '../shared/input-limits.js';
import { asJsonObject, isJsonObject } from '../shared/json-values.js';
import { type BodyEvent, BodySource, encodeBody, isBinary } from './http/body.js';
import { cookieHeaders, joinedHeaders, lastForwardedFor } from './http/headers.js';
import { keepPath, withoutBasePath } from './http/path.js';
import { headerOf, headerPairsOf, pairsOf, type ValueMap } from './http/value-map.js';

/** The members that both event structures of VPC Lattice have, under the same names. */
interface LatticeRequest extends BodyEvent {
  readonly method: string;
  readonly headers: ValueMap;
  /** Decoded; used if the path has no query string. */
  readonly query: ValueMap;
}

/** A request through VPC Lattice, which gives it no id. */
class LatticeSource extends BodySource<LatticeRequest> implements RequestSource {
  readonly id = undefined;
  readonly method: string;

  /** @param sentQuery The query string of the path. It keeps repeats and their order, which the map may not. */
  constructor(
    request: LatticeRequest,
    readonly path: string,
    private readonly sentQuery: string | undefined,
  ) {
    super(request);
    this.method = request.method.toUpperCase();
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
  detect: detectLatticeV1,
  decode: decodeLatticeV1,
  encode: encodeLattice,
  responseLimit: LATTICE_RESPONSE_LIMIT,
};

/** Event structure V1 of VPC Lattice, which `@types/aws-lambda` lacks. */
export interface LatticeEventV1 {
  raw_path: string;
  method: string;
  headers: Record<string, string> | null;
  query_string_parameters: Record<string, string> | null;
  body: string | null;
  is_base64_encoded: boolean;
}

function detectLatticeV1(event: unknown): event is LatticeEventV1 {
  return isJsonObject(event) && typeof event['raw_path'] === 'string' && typeof event['method'] === 'string';
}

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
  detect: detectLatticeV2,
  decode: decodeLatticeV2,
  encode: encodeLattice,
  responseLimit: LATTICE_RESPONSE_LIMIT,
};

/** The caller's identity as the network knows it; unknown members are left out. */
interface LatticeIdentity {
  sourceVpcArn?: string;
  /** `AWS_IAM` if an auth policy is used and the caller's signature is valid. */
  type?: string;
  principal?: string;
  principalOrgID?: string;
  sessionName?: string;
  x509IssuerOu?: string;
  x509SanDns?: string;
  x509SanNameCn?: string;
  x509SanUri?: string;
  x509SubjectCn?: string;
}

export interface LatticeRequestContext {
  serviceNetworkArn: string;
  serviceArn: string;
  targetGroupArn: string;
  identity: LatticeIdentity;
  region: string;
  /** Microseconds since 1970. */
  timeEpoch: string;
}

/** Event structure V2 of VPC Lattice, which `@types/aws-lambda` lacks. */
export interface LatticeEventV2 {
  version: '2.0';
  /** With the query string. */
  path: string;
  method: string;
  headers: Record<string, string[]> | null;
  queryStringParameters?: Record<string, string[]> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext: LatticeRequestContext;
}

function detectLatticeV2(event: unknown): event is LatticeEventV2 {
  if (!isJsonObject(event) || typeof event['path'] !== 'string' || typeof event['method'] !== 'string') return false;
  return isJsonObject(event['requestContext']) && typeof event['requestContext']['targetGroupArn'] === 'string';
}

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
