import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, LambdaFunctionURLEvent } from 'aws-lambda';
import { refuseUnknownNames } from '../errors/option-names.js';
import type { LatticeEventV1, LatticeEventV2 } from '../events/http/lattice-events.js';
import { formatQuery, type QueryPair } from '../http/request/query.js';
import { sampleAlb } from '../samples/alb.js';
import { sampleHttpApiV1, sampleRestApi } from '../samples/api-gateway-v1.js';
import { sampleApiGatewayV2, sampleFunctionUrl } from '../samples/api-gateway-v2.js';
import { sampleLatticeV1, sampleLatticeV2 } from '../samples/lattice.js';
import type { RequestSample } from '../samples/request.js';
import { withPayload } from './request-payload.js';

type QueryValue = string | number | boolean;

/** A request that an event is built from. */
export interface HttpEventRequest extends RequestSample {
  /**
   * The body. Text and bytes are sent as they are, `URLSearchParams` as a form, and anything else as JSON, with the
   * matching content type unless the headers set one. `inject` also takes `FormData` and `Blob`, as `fetch` does.
   */
  payload?: unknown;
  /** Parameters to add to the query of `url`. A list repeats the parameter. */
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
}

/** Builds the events that AWS would send for a request, one builder for each HTTP source. */
export const httpEvents = {
  /** The event of a REST API: payload format 1.0 with a `{proxy+}` resource. The stage defaults to `prod`. */
  apiGatewayV1: (request: HttpEventRequest = {}): APIGatewayProxyEvent => sampleRestApi(toSample(request)),

  /** The event of an HTTP API in payload format 1.0. */
  httpApiV1: (request: HttpEventRequest = {}): APIGatewayProxyEvent => sampleHttpApiV1(toSample(request)),

  /** The event of an HTTP API in payload format 2.0. */
  apiGatewayV2: (request: HttpEventRequest = {}): APIGatewayProxyEventV2 => sampleApiGatewayV2(toSample(request)),

  /** The event of a Lambda function URL. */
  functionUrl: (request: HttpEventRequest = {}): LambdaFunctionURLEvent => sampleFunctionUrl(toSample(request)),

  /** The event of an Application Load Balancer, which keeps the last value of repeated headers and parameters. */
  alb: (request: HttpEventRequest = {}): ALBEvent => sampleAlb(toSample(request)),

  /** The event of an Application Load Balancer whose target group has multi-value headers enabled. */
  albMultiValue: (request: HttpEventRequest = {}): ALBEvent => sampleAlb(toSample(request), { multiValue: true }),

  /** The event of VPC Lattice in version 1 of its structure. */
  latticeV1: (request: HttpEventRequest = {}): LatticeEventV1 => sampleLatticeV1(toSample(request)),

  /** The event of VPC Lattice in version 2 of its structure. */
  latticeV2: (request: HttpEventRequest = {}): LatticeEventV2 => sampleLatticeV2(toSample(request)),
};

export const SAMPLE_NAMES: readonly (keyof RequestSample)[] = ['method', 'url', 'headers', 'body', 'ip', 'stage'];
export const REQUEST_NAMES: readonly (keyof HttpEventRequest)[] = [...SAMPLE_NAMES, 'payload', 'query'];

function toSample(given: HttpEventRequest): RequestSample {
  const { payload, query, ...request } = checkedSample(given, REQUEST_NAMES, 'a request');
  const sample = payload === undefined ? request : withPayload(request, payload);
  return query === undefined ? sample : { ...sample, url: withQuery(request.url ?? '/', query) };
}

function withQuery(url: string, query: NonNullable<HttpEventRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue];
    return values.map((one): QueryPair => [name, String(one)]);
  });
  if (pairs.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${formatQuery(pairs)}`;
}

/**
 * Returns the sample after checking the names of its members. A misspelt member, such as `path` for `url`, would
 * otherwise build the event of another request than the test says.
 *
 * @throws TypeError for an unknown name.
 */
export function checkedSample<S extends object>(sample: S, names: readonly (keyof S & string)[], where: string): S {
  refuseUnknownNames(sample, new Set(names), where);
  return sample;
}
