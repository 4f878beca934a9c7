import { isAnyArrayBuffer } from 'node:util/types';
import { plainHeaders, refuseUnknownNames } from '../../errors/option-names.js';
import { brand } from '../../shared/brand.js';
import type { JsonCodec } from '../message/json.js';
import { type CookieOptions, serializeCookie } from '../message/set-cookie.js';
import { setResponseClass } from './new-response.js';

/** The headers of a response by lower-case name; a list is one line per value. */
export type ResponseHeaders = Record<string, string | string[]>;

/** The options of a `Response`. */
export interface ResponseOptions {
  /** 100 to 599. Default: the status of the route, or 200. */
  statusCode?: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The media type without charset, as in `text/csv`. A `content-type` header takes precedence. */
  mediaType?: string;
}

const NO_OPTIONS: ResponseOptions = {};
const OPTIONS: ReadonlySet<string> = new Set<keyof ResponseOptions>(['statusCode', 'headers', 'mediaType']);

/**
 * An HTTP response. If a method returns it, it is sent. If it is injected into a method, its status, headers and
 * cookies complete what the method returns.
 *
 * For your own format, extend it and override {@link render}: strings are sent as text, bytes base64-encoded.
 */
export class Response<T = unknown> {
  readonly content: T;
  /** Names are case-insensitive; an array is one line per value. */
  readonly headers: ResponseHeaders;
  mediaType: string | undefined;
  charset = 'utf-8';
  /** The `Set-Cookie` headers in order. */
  readonly cookies: string[] = [];
  /** The status that was set; `undefined` if none was. */
  explicitStatus: number | undefined;

  /**
   * @throws TypeError for headers that are not a plain object, and for an unknown option, such as `status` of fetch's
   *   `Response`, which would be ignored.
   */
  constructor(content?: T, options: ResponseOptions = NO_OPTIONS) {
    if (options !== NO_OPTIONS) refuseUnknownNames(options, OPTIONS, 'the options of a Response');
    this.content = content as T;
    const { headers } = options;
    this.headers = headers === undefined ? {} : ({ ...plainHeaders(headers, 'of a Response') } as ResponseHeaders);
    this.mediaType = options.mediaType;
    this.explicitStatus = options.statusCode;
  }

  get statusCode(): number {
    return this.explicitStatus ?? 200;
  }

  set statusCode(status: number) {
    this.explicitStatus = status;
  }

  /**
   * Adds a cookie.
   *
   * @throws TypeError for a name, a value or an attribute that is not valid in a header.
   */
  cookie(name: string, value: string, options?: CookieOptions): this {
    this.cookies.push(serializeCookie(name, value, options));
    return this;
  }

  /** Renders the content as the body: a string, bytes, or `null` for no body. */
  render(content: T, json: JsonCodec = JSON): string | Uint8Array | null {
    if (content === undefined || content === null) return null;
    if (typeof content === 'string' || content instanceof Uint8Array) return content;
    return isAnyArrayBuffer(content) ? new Uint8Array(content) : json.stringify(content);
  }
}
brand(Response, 'Response');
setResponseClass(Response);
