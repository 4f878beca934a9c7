import type { Context } from 'aws-lambda';
import { parseFormPairs, type QueryPair } from '../../src/http/request/query.js';
import type { RequestSource } from '../../src/http/request/request-source.js';
import { Request } from '../../src/http/request/request.js';

export interface RequestParts {
  method?: string;
  /** Path and query string, percent-encoded. */
  url?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer | null;
  id?: string;
  signal?: AbortSignal;
  bodyLimit?: number;
}

/** A request without an event: what the HTTP values need of one. */
export function requestOf(parts: RequestParts = {}): Request {
  const invocation = {
    event: undefined,
    lambdaContext: { awsRequestId: 'lambda-id' } as Context,
    signal: parts.signal ?? new AbortController().signal,
  };
  return new Request(sourceOf(parts), invocation, { bodyLimit: parts.bodyLimit ?? 1_000_000, json: JSON });
}

function sourceOf({ method = 'GET', url = '/', headers = {}, body = null, id }: RequestParts): RequestSource {
  const [path = '/', queryString = ''] = url.split('?');
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): QueryPair => [name.toLowerCase(), one]),
  );
  return {
    method,
    path,
    id,
    ip: undefined,
    queryString: () => queryString,
    rawQuery: () => queryString,
    queryPairs: () => parseFormPairs(queryString),
    headerPairs: () => pairs,
    header: (name) => {
      const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
      return values.length === 0 ? undefined : values.join(', ');
    },
    body: () => (body === null ? null : Buffer.from(body)),
    isText: () => typeof body === 'string',
    text: () => body?.toString() ?? null,
  };
}
