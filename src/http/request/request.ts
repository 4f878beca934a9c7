import type { Context as LambdaContext } from 'aws-lambda';
import { BadRequestException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { brand } from '../../shared/brand.js';
import type { Via } from '../../shared/event-types.js';
import { MAX_QUERY_PARAMETERS } from '../../shared/input-limits.js';
import { type Cookies, parseCookies } from '../message/cookies.js';
import { type JsonCodec, jsonProblem, parseJson } from '../message/json.js';
import { checkLength } from './body-limit.js';
import { type Decode, decodeByCharset, decodeContent } from './decode-body.js';
import {
  isPlainQuery,
  listName,
  plainValueOf,
  type Query,
  type QueryPair,
  recordOf,
  splitUnencoded,
  valueOf,
} from './query.js';
import type { RequestSource } from './request-source.js';
import type { RequestUser } from './request-user.js';

/** The application's options for every request. */
export interface RequestOptions {
  /** The maximum size of a body in bytes; a larger one is a 413. */
  bodyLimit: number;
  json: JsonCodec;
  /** Makes objects and lists by the brackets in query names; without it, values and lists of values. */
  nested?: ((pairs: readonly QueryPair[]) => unknown) | undefined;
}

/** The Lambda invocation of a request. */
export interface Invocation {
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** Aborted when the request times out. */
  readonly signal: AbortSignal;
}

/** An HTTP request of any source. Members are read from the event on first access. */
export class Request {
  /** The path parameters by name, each decoded once. Set when the route is known. */
  params: Readonly<Record<string, string>> = noParams;
  /** The caller. Set by the guards of `lambent/auth`, or by your own; never read from the event. */
  declare user?: RequestUser | undefined;

  readonly #source: RequestSource;
  readonly #invocation: Invocation;
  readonly #options: RequestOptions;
  #id: string | undefined;
  #queryPairs: readonly QueryPair[] | undefined;
  #query: Query | undefined;
  #headers: Readonly<Record<string, string>> | undefined;
  #cookies: Cookies | undefined;
  #body: Buffer | null | undefined;
  #text: string | undefined;
  #json: { value: unknown } | undefined;

  constructor(source: RequestSource, invocation: Invocation, options: RequestOptions) {
    this.#source = source;
    this.#invocation = invocation;
    this.#options = options;
  }

  /** The method in upper case. */
  get method(): string {
    return this.#source.method;
  }

  /** The path, percent-encoded, with a leading slash, without stage and base path. */
  get path(): string {
    return this.#source.path;
  }

  /** The path and the query string, as in `/orders?limit=2`. */
  get url(): string {
    const query = this.#source.queryString();
    return query === '' ? this.path : `${this.path}?${query}`;
  }

  /**
   * The decoded query by name. A repeated name has an array, and so has `ids` in `?ids[]=1`. With the option `query:
   * 'nested'`, a value can be an object.
   *
   * @throws BadRequestException for malformed percent-encoding.
   */
  get query(): Query {
    return (this.#query ??= (this.#options.nested ?? recordOf)(this.#pairs()) as Query);
  }

  /** Returns one member of {@link query} without making the record: names sliced from a string are slow as keys. */
  queryValue(name: string): Query[string] | undefined {
    const key = listName(name);
    if (this.#query || this.#options.nested) return this.query[key];
    const raw = this.#queryPairs ? undefined : this.#source.rawQuery();
    return raw !== undefined && isPlainQuery(raw) ? plainValueOf(raw, key) : valueOf(this.#pairs(), key);
  }

  /**
   * Returns {@link queryValue}, split at unencoded separators: `a,b%2Cc` has two items. Not split if the source decoded
   * the query, because they can't be told apart then.
   */
  queryItems(name: string, separator: string): Query[string] | undefined {
    const value = this.queryValue(name);
    if (typeof value !== 'string' || !value.includes(separator)) return value;
    return splitUnencoded(this.#source.rawQuery() ?? '', name, separator) ?? value;
  }

  #pairs(): readonly QueryPair[] {
    return (this.#queryPairs ??= boundedPairs(this.#source.queryPairs()));
  }

  /** The headers by lower-case name, repeats joined with `, `, cookies with `; `. */
  get headers(): Readonly<Record<string, string>> {
    return (this.#headers ??= joinHeaders(this.#source));
  }

  /** Returns every value of a header separately. The name is case-insensitive. */
  headerValues(name: string): string[] {
    const wanted = name.toLowerCase();
    const values: string[] = [];
    for (const [header, value] of this.#source.headerPairs()) if (header === wanted) values.push(value);
    return values;
  }

  /** Returns one header by its lower-case name, without reading the others. */
  header(name: string): string | undefined {
    return this.#headers ? this.#headers[name] : this.#source.header(name);
  }

  get cookies(): Cookies {
    return (this.#cookies ??= parseCookies(this.header('cookie') ?? ''));
  }

  get ip(): string | undefined {
    return this.#source.ip;
  }

  /**
   * The queue or topic of a carried request, as in `{ sqs: 'api-requests' }`; `undefined` for a request from a gateway.
   * The caller of a carried request is not authenticated: anyone who may send messages there can write it.
   */
  get via(): Via | undefined {
    return this.#source.via;
  }

  /**
   * The request id: the caller's `X-Request-Id` if it is printable and has at most 128 characters, otherwise the
   * gateway's, Lambda's, or a new one.
   */
  get id(): string {
    return (this.#id ??= requestId(this.#source, this.#invocation.lambdaContext.awsRequestId));
  }

  /** Aborted when the request times out. */
  get signal(): AbortSignal {
    return this.#invocation.signal;
  }

  /** The event as Lambda delivered it; for a carried request, only its trusted part. */
  get event(): unknown {
    return this.#invocation.event;
  }

  get context(): LambdaContext {
    return this.#invocation.lambdaContext;
  }

  /**
   * Returns the bytes of the body, inflated if its `content-encoding` is gzip, deflate or br; `null` if there is no
   * body.
   *
   * @throws PayloadTooLargeException above the body limit, before or after inflating.
   * @throws UnsupportedMediaTypeException for another content-encoding.
   * @throws BadRequestException if it can't be inflated.
   */
  body(): Buffer | null {
    if (this.#body === undefined) {
      const bytes = this.#source.body();
      checkLength(bytes?.length ?? 0, this.#options.bodyLimit);
      const coding = bytes === null ? undefined : this.header('content-encoding');
      this.#body =
        bytes === null || coding === undefined ? bytes : decodeContent(bytes, coding, this.#options.bodyLimit);
    }
    return this.#body;
  }

  /**
   * Returns the body as text, decoded by the `charset` of its content type, UTF-8 by default; `''` if there is no body.
   *
   * @throws Whatever `body` does, and UnsupportedMediaTypeException for an unknown charset.
   */
  text(): string {
    if (this.#text === undefined) {
      const decode = decodeByCharset(this.header('content-type'));
      const isPlain = decode === undefined && this.header('content-encoding') === undefined;
      this.#text = isPlain ? this.#plainText() : this.#decoded(decode);
    }
    return this.#text;
  }

  /**
   * Parses the body as JSON, once, without members that could pollute a prototype; `undefined` if there is no body.
   *
   * @throws BadRequestException if it is not valid JSON.
   */
  json(): unknown {
    this.#json ??= { value: this.#parse() };
    return this.#json.value;
  }

  #plainText(): string {
    const text = this.#source.text() ?? '';
    // A character has at most 3 bytes, so the exact size is counted only if the text could exceed the limit.
    const limit = this.#options.bodyLimit;
    checkLength(text.length * 3 > limit ? Buffer.byteLength(text) : 0, limit);
    return text;
  }

  /** Text from a gateway is decoded already, but contains zeros if the gateway mistook UTF-16 for UTF-8. */
  #decoded(decode: Decode | undefined): string {
    const bytes = this.body();
    if (bytes === null || decode === undefined) return bytes?.toString('utf8') ?? '';
    const isText = this.#source.isText() && !bytes.includes(0);
    return isText ? bytes.toString('utf8') : decode(bytes);
  }

  #parse(): unknown {
    const text = this.text();
    if (text === '') return undefined;
    try {
      return parseJson(text, this.#options.json);
    } catch (error) {
      if (error instanceof HttpException) throw error;
      throw new BadRequestException('The body is not valid JSON', { errorDetail: jsonProblem(error, text) });
    }
  }
}
brand(Request, 'Request');

/** Refuses too many pairs. Sources that decode the query themselves stop reading there. */
function boundedPairs(pairs: readonly QueryPair[]): readonly QueryPair[] {
  if (pairs.length > MAX_QUERY_PARAMETERS)
    throw new BadRequestException(`The query has more than ${MAX_QUERY_PARAMETERS} parameters`);
  return pairs;
}

const noParams: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, never>);

// Printable ASCII without surrounding spaces, so that an id fits into a header and a log line.
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/;

function requestId(source: RequestSource, awsRequestId: unknown): string {
  const own = source.header('x-request-id');
  if (own !== undefined && isPrintable(own)) return own;
  // The id is sent back in a header, and the ids in hand-written events may not be valid there.
  const { id } = source;
  if (isPrintable(id)) return id;
  return isPrintable(awsRequestId) ? awsRequestId : crypto.randomUUID();
}

function isPrintable(id: unknown): id is string {
  return typeof id === 'string' && PRINTABLE.test(id);
}

function joinHeaders(source: RequestSource): Readonly<Record<string, string>> {
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of source.headerPairs()) {
    if (name === '__proto__') continue;
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}
