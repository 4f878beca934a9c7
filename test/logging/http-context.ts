import type { Context as LambdaContext } from 'aws-lambda';
import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import type { RequestSource } from '../../src/http/request/request-source.js';
import { Request } from '../../src/http/request/request.js';
import { Response } from '../../src/http/response/response.js';

export interface Situation {
  method?: string;
  path?: string;
  route?: string;
  headers?: Record<string, string>;
  ip?: string;
  id?: string;
  error?: unknown;
}

/** What Lambda says of the invocation, with no trace id of its own. */
export const lambdaContext = { awsRequestId: 'lambda-1' } as LambdaContext;

/** The execution context of a real `Request` that comes from nowhere. */
export function httpContext(situation: Situation = {}): ExecutionContext {
  const { method = 'GET', path = '/orders/7', headers = {}, ip, id = 'request-1' } = situation;
  const source: RequestSource = {
    method,
    path,
    id,
    ip,
    queryString: () => '',
    queryPairs: () => [],
    headerPairs: () => Object.entries(headers),
    header: (name) => headers[name],
    body: () => null,
    isText: () => true,
    rawQuery: () => undefined,
    text: () => null,
  };
  const { signal } = new AbortController();
  const invocation = { event: {}, lambdaContext, signal };
  const request = new Request(source, invocation, { bodyLimit: 1000, json: JSON });
  const response = new Response();
  return {
    getType: () => 'http',
    getClass: noRoute,
    getHandler: noRoute,
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
    request,
    response,
    record: NO_RECORD,
    event: {},
    lambdaContext,
    signal,
    route: situation.route,
    error: situation.error,
  };
}

/** What reads this one by mistake fails on its first member. */
const NO_RECORD = undefined as never;

function noRoute(): never {
  throw new Error('No route is known');
}
