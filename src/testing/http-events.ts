import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, LambdaFunctionURLEvent } from 'aws-lambda';
import { refuseUnknownNames } from '../errors/check-options.js';
import type { LatticeEventV1, LatticeEventV2 } from '../events/lattice.js';
import { formatQuery, type QueryPair } from '../http/request/query.js';
import { sampleAlb } from '../samples/alb.js';
import { sampleHttpApiV1, sampleRestApi } from '../samples/api-gateway-v1.js';
import type { RequestSample } from '../samples/http/request.js';
import { sampleLatticeV1, sampleLatticeV2 } from '../samples/lattice.js';
import { sampleApiGatewayV2, sampleFunctionUrl } from '../samples/payload-v2.js';

type QueryValue = string | number | boolean;

/** A request for the builders of events. */
export interface HttpEventRequest extends RequestSample {
  /**
   * Text and bytes are the body as they are, `URLSearchParams` are a form; anything else is sent as JSON. A content
   * type comes with it unless one is set. `inject` also takes `FormData` and a `Blob`, as `fetch` does.
   */
  payload?: unknown;
  /** Added to the query of `url`; a list is one parameter a value. */
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
}

/** Builds the events that AWS would send for a request, one builder a source. */
export const httpEvents = {
  /** A REST API's event: payload 1.0 with a `{proxy+}` resource, in the stage `prod` unless given. */
  apiGatewayV1: (request: HttpEventRequest = {}): APIGatewayProxyEvent => sampleRestApi(toSample(request)),

  /** An HTTP API's event in payload 1.0. */
  httpApiV1: (request: HttpEventRequest = {}): APIGatewayProxyEvent => sampleHttpApiV1(toSample(request)),

  /** An HTTP API's event in payload 2.0. */
  apiGatewayV2: (request: HttpEventRequest = {}): APIGatewayProxyEventV2 => sampleApiGatewayV2(toSample(request)),

  /** A Function URL's event. */
  functionUrl: (request: HttpEventRequest = {}): LambdaFunctionURLEvent => sampleFunctionUrl(toSample(request)),

  /** An Application Load Balancer's event; of repeated headers and query parameters the last value arrives. */
  alb: (request: HttpEventRequest = {}): ALBEvent => sampleAlb(toSample(request)),

  /** An Application Load Balancer's event, the target group having multi-value headers. */
  albMultiValue: (request: HttpEventRequest = {}): ALBEvent => sampleAlb(toSample(request), { multiValue: true }),

  /** An event of VPC Lattice in the structure V1. */
  latticeV1: (request: HttpEventRequest = {}): LatticeEventV1 => sampleLatticeV1(toSample(request)),

  /** An event of VPC Lattice in the structure V2. */
  latticeV2: (request: HttpEventRequest = {}): LatticeEventV2 => sampleLatticeV2(toSample(request)),
};

export const REQUEST_NAMES: readonly (keyof HttpEventRequest)[] = [
  'method',
  'url',
  'headers',
  'body',
  'ip',
  'stage',
  'payload',
  'query',
];

function toSample(given: HttpEventRequest): RequestSample {
  const { payload, query, ...request } = checkedSample(given, REQUEST_NAMES, 'a request');
  const sample = payload === undefined ? request : withPayload(request, payload);
  return query === undefined ? sample : { ...sample, url: withQuery(request.url ?? '/', query) };
}

function withPayload(request: RequestSample, payload: unknown): RequestSample {
  if (typeof payload === 'string' || payload instanceof Uint8Array) return { ...request, body: payload };
  if (payload instanceof URLSearchParams)
    return typed(request, payload.toString(), 'application/x-www-form-urlencoded');
  if (isReadLater(payload)) {
    throw new TypeError(
      'FormData and Blobs are read asynchronously: send them with inject({ payload }), or build the event of their bytes.',
    );
  }
  return typed(request, JSON.stringify(payload), 'application/json');
}

function typed<R extends RequestSample>(request: R, body: string | Uint8Array, contentType: string): R {
  const named = Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
  return { ...request, headers: named ? request.headers : { ...request.headers, 'Content-Type': contentType }, body };
}

/** Whether the bytes of a payload can only be had asynchronously. */
export function isReadLater(payload: unknown): payload is FormData | Blob {
  return payload instanceof FormData || payload instanceof Blob;
}

/** The request with the bytes of its payload, and the content type that they come with. */
export async function readPayload(request: HttpEventRequest, payload: FormData | Blob): Promise<HttpEventRequest> {
  const read = new Response(payload);
  const bytes = new Uint8Array(await read.arrayBuffer());
  const type = read.headers.get('content-type');
  // As a client sends a Blob without a type: with none.
  return type ? typed(request, bytes, type) : { ...request, body: bytes };
}

function withQuery(url: string, query: NonNullable<HttpEventRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => pairsOf(name, value));
  if (pairs.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${formatQuery(pairs)}`;
}

function pairsOf(name: string, value: QueryValue | readonly QueryValue[]): QueryPair[] {
  const values = Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue];
  return values.map((one) => [name, String(one)]);
}

/**
 * What a builder of events is given, its names checked: `path` in the place of `url` would test another request than
 * the test says.
 *
 * @throws TypeError
 */
export function checkedSample<S extends object>(sample: S, names: readonly (keyof S & string)[], where: string): S {
  refuseUnknownNames(sample, new Set(names), where);
  return sample;
}
