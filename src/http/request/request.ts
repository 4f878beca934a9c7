import type { Context as LambdaContext } from 'aws-lambda';
import { BadRequestException, PayloadTooLargeException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { brand } from '../../shared/brand.js';
import type { Via } from '../../shared/event-types.js';
import { MAX_QUERY_PARAMETERS } from '../../shared/input-limits.js';
import { type Cookies, parseCookies } from '../message/cookies.js';
import { type JsonCodec, jsonProblem, parseJson } from '../message/json.js';
import { type Decode, decodeByCharset, decodeContent } from './decode-body.js';
import { itemsOf, listName, nestedRecord, type Query, type QueryPair, recordOf, valueOf } from './query.js';
import type { RequestSource } from './request-source.js';

/** What the application decides for every request. */
export interface RequestOptions {
  /** Bytes; a longer body is 413. */
  bodyLimit: number;
  json: JsonCodec;
  /** Whether brackets in the names of a query make objects and lists. */
  nested?: boolean;
}

/** Everything about the request that outlives no event: the Lambda invocation it came with. */
export interface Invocation {
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** Fires when the time for this request is up. */
  readonly signal: AbortSignal;
}

/**
 * One HTTP request, whatever event it came in. Members are read from the event when they are first asked for.
 */
export class Request {
  /** Path parameters by name, each decoded once; set when the route is known. */
  params: Readonly<Record<string, string>> = noParams;

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

  /** Upper-case. */
  get method(): string {
    return this.#source.method;
  }

  /** Percent-encoded, with a leading slash; stage and base path are off. */
  get path(): string {
    return this.#source.path;
  }

  /** Path and query string, as in `/orders?limit=2`. */
  get url(): string {
    const query = this.#source.queryString();
    return query === '' ? this.path : `${this.path}?${query}`;
  }

  /**
   * Decoded query values; a repeated name has an array, and so has `ids` of `?ids[]=1`. With the option `query:
   * 'nested'` a value may be an object.
   *
   * @throws BadRequestException when the percent-encoding is malformed.
   */
  get query(): Query {
    return (this.#query ??= this.#options.nested ? (nestedRecord(this.#pairs()) as Query) : recordOf(this.#pairs()));
  }

  /** One member of {@link query} without making the record: names that were cut out of a text are slow as keys. */
  queryValue(name: string): Query[string] | undefined {
    const key = listName(name);
    return this.#query || this.#options.nested ? this.query[key] : valueOf(this.#pairs(), key);
  }

  /**
   * {@link queryValue}, cut at a separator where that stands as itself: `a,b%2Cc` has two items. A query that the source
   * decoded doesn't tell.
   */
  queryItems(name: string, separator: string): Query[string] | undefined {
    const value = this.queryValue(name);
    if (typeof value !== 'string' || !value.includes(separator)) return value;
    return itemsOf(this.#source.rawQuery() ?? '', name, separator) ?? value;
  }

  #pairs(): readonly QueryPair[] {
    return (this.#queryPairs ??= boundedPairs(this.#source.queryPairs()));
  }

  /** By lower-case name, repeats joined with `, `, cookies with `; `. */
  get headers(): Readonly<Record<string, string>> {
    return (this.#headers ??= joinHeaders(this.#source));
  }

  /** Every value of a header, kept apart. The name may be in any case. */
  headerValues(name: string): string[] {
    const wanted = name.toLowerCase();
    const values: string[] = [];
    for (const [header, value] of this.#source.headerPairs()) if (header === wanted) values.push(value);
    return values;
  }

  /** One header by its lower-case name, without reading the others. */
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
   * In whose message the request came, as in `{ sqs: 'api-requests' }`; `undefined` for what a gateway sent. Nobody has
   * authenticated the caller of one that came in a message: whoever may write there wrote it.
   */
  get via(): Via | undefined {
    return this.#source.via;
  }

  /**
   * The caller's `X-Request-Id` when it is printable and at most 128 characters, else the gateway's, else Lambda's,
   * else a new one.
   */
  get id(): string {
    return (this.#id ??= requestId(this.#source, this.context.awsRequestId));
  }

  /** Fires when the time for this request is up. */
  get signal(): AbortSignal {
    return this.#invocation.signal;
  }

  /** The event as Lambda delivered it; of a request in a message, the part of it that is believed. */
  get event(): unknown {
    return this.#invocation.event;
  }

  get context(): LambdaContext {
    return this.#invocation.lambdaContext;
  }

  /**
   * The bytes of the body, inflated where its `content-encoding` is gzip, deflate or br; `null` when there are none.
   *
   * @throws PayloadTooLargeException over the body limit, before or after inflating.
   * @throws UnsupportedMediaTypeException for another content-encoding.
   * @throws BadRequestException when it can't be inflated.
   */
  body(): Buffer | null {
    if (this.#body === undefined) {
      const bytes = this.#source.body();
      this.#checkLength(bytes?.length ?? 0);
      const coding = bytes === null ? undefined : this.header('content-encoding');
      this.#body =
        bytes === null || coding === undefined ? bytes : decodeContent(bytes, coding, this.#options.bodyLimit);
    }
    return this.#body;
  }

  /**
   * The body as text, `''` when there is none: of UTF-8, or what the `charset` of its content type says.
   *
   * @throws Whatever `body` does, and UnsupportedMediaTypeException for a charset that is not known.
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
   * The body as JSON, parsed once; members that could pollute a prototype are left out. `undefined` when there is none.
   *
   * @throws BadRequestException when it can't be parsed.
   */
  json(): unknown {
    this.#json ??= { value: this.#parse() };
    return this.#json.value;
  }

  #plainText(): string {
    const text = this.#source.text() ?? '';
    // A string has at least as many bytes as characters: only near the limit is the exact count worth its price.
    this.#checkLength(text.length * 3 > this.#options.bodyLimit ? Buffer.byteLength(text) : 0);
    return text;
  }

  /** What a gateway hands over as text it has decoded already; what it took for UTF-8 and is UTF-16 has zeros in it. */
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

  #checkLength(bytes: number): void {
    const limit = this.#options.bodyLimit;
    if (bytes > limit) throw new PayloadTooLargeException(`The body has ${bytes} bytes; the limit is ${limit}`);
  }
}
brand(Request, 'Request');

/** Sources that decode the query themselves stop there. */
function boundedPairs(pairs: readonly QueryPair[]): readonly QueryPair[] {
  if (pairs.length > MAX_QUERY_PARAMETERS)
    throw new BadRequestException(`The query has more than ${MAX_QUERY_PARAMETERS} parameters`);
  return pairs;
}

const noParams: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, never>);

// RFC 9110 leaves request ids to us: printable ASCII without spaces around, so that a log line stays a line.
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/;

function requestId(source: RequestSource, awsRequestId: unknown): string {
  const own = source.header('x-request-id');
  if (isPrintable(own)) return own;
  // It goes back in a header, where not everything may stand that hand-written events have for an id.
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
