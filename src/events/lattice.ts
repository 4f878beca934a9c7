import { MAX_QUERY_PARAMETERS } from '../shared/input-bounds.js';
import type { RenderedResponse } from '../http/rendered-response.js';
import { formatQuery, parseFormPairs, type QueryPair } from '../http/query.js';
import type { HeaderPair, RequestSource } from '../http/request-source.js';
import { cookieHeaders } from './cookie-spellings.js';
import { encodeBody, isBinary } from './encode-body.js';
import { type BodyEvent, isTextBody, readBytes, readText } from './event-body.js';
import { keepPath } from './event-path.js';
import { lastForwardedFor } from './forwarded-for.js';
import { joinedHeaders } from './rendered-headers.js';
import { headerOf, headerPairsOf, pairsOf, type ValueMap } from './value-map.js';

/** What the two event structures of VPC Lattice have in common, under one name each. */
export interface LatticeRequest extends BodyEvent {
  readonly method: string;
  readonly headers: ValueMap;
  /** Decoded; for an event whose path has no query string. */
  readonly query: ValueMap;
}

/** Where the path of a target ends and its query string begins. */
export function splitTarget(target: unknown): { path: string; rawQuery: string | undefined } {
  const text = typeof target === 'string' ? target : '';
  const question = text.indexOf('?');
  return question === -1 ? { path: keepPath(text), rawQuery: undefined } : { path: keepPath(text.slice(0, question)), rawQuery: text.slice(question + 1) };
}

/** A request through VPC Lattice. It is given no id. */
export class LatticeSource implements RequestSource {
  readonly id = undefined;
  readonly method: string;
  readonly #request: LatticeRequest;

  /** @param sentQuery As the target of the request has it; it keeps repeats and their order, which the map may not. */
  constructor(
    request: LatticeRequest,
    readonly path: string,
    private readonly sentQuery: string | undefined,
  ) {
    this.#request = request;
    this.method = request.method.toUpperCase();
  }

  get ip(): string | undefined {
    return lastForwardedFor(this.header('x-forwarded-for'));
  }

  queryString(): string {
    return this.sentQuery ?? formatQuery(pairsOf(this.#request.query));
  }

  rawQuery(): string | undefined {
    return this.sentQuery;
  }

  queryPairs(): readonly QueryPair[] {
    return this.sentQuery === undefined ? pairsOf(this.#request.query) : parseFormPairs(this.sentQuery, MAX_QUERY_PARAMETERS);
  }

  headerPairs(): Iterable<HeaderPair> {
    return headerPairsOf(this.#request.headers);
  }

  header(name: string): string | undefined {
    return headerOf(this.#request.headers, name);
  }

  body(): Buffer | null {
    return readBytes(this.#request);
  }

  isText(): boolean {
    return isTextBody(this.#request);
  }

  text(): string | null {
    return readText(this.#request);
  }
}

/** What VPC Lattice takes for an answer, whatever the structure of its events. */
export interface LatticeResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#respond-to-service */
export function encodeLattice({ statusCode, headers, cookies, body }: RenderedResponse): LatticeResult {
  return {
    statusCode,
    headers: { ...joinedHeaders(headers), ...cookieHeaders(cookies) },
    body: encodeBody(body),
    isBase64Encoded: isBinary(body),
  };
}

/** Bytes: "The maximum size of the response JSON that the Lambda function can send is 6 MB". */
export const LATTICE_RESPONSE_LIMIT = 6 * 1024 * 1024;
