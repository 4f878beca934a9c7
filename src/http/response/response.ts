import { isAnyArrayBuffer } from 'node:util/types';
import { plainHeaders, refuseUnknownNames } from '../../errors/check-options.js';
import { brand } from '../../shared/brand.js';
import { type CookieOptions, serializeCookie } from '../message/cookies.js';
import type { JsonCodec } from '../message/json.js';

/** Headers of a response by lower-case name; a list is one line a value. */
export type ResponseHeaders = Record<string, string | string[]>;

/** What a `Response` takes beside its content. */
export interface ResponseOptions {
  /** 100 to 599; without it the route's status, else 200. */
  statusCode?: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The media type without charset, as in `text/csv`; a `content-type` header wins over it. */
  mediaType?: string;
}

const OPTIONS: ReadonlySet<string> = new Set<keyof ResponseOptions>(['statusCode', 'headers', 'mediaType']);

/**
 * An answer. Returned from a method it wins; injected into one, its status, headers and cookies
 * fill the gaps of what the method returns.
 *
 * Derive from it and override {@link render} for a format of your own: a string is sent as text, bytes base64-encoded.
 */
export class Response<T = unknown> {
  readonly content: T;
  /** Names in any case; an array is one line a value. */
  readonly headers: ResponseHeaders;
  mediaType: string | undefined;
  charset = 'utf-8';
  /** `Set-Cookie` values in the order they were set. */
  readonly cookies: string[] = [];
  /** The status that was asked for, `undefined` while nobody has. */
  explicitStatus: number | undefined;

  /**
   * @throws TypeError for an unknown option: `status`, say, as fetch's `Response` has it, would leave the answer a
   *   200; and for headers that are no plain object.
   */
  constructor(content?: T, options: ResponseOptions = {}) {
    refuseUnknownNames(options, OPTIONS, 'the options of a Response');
    this.content = content as T;
    this.headers = { ...plainHeaders(options.headers, 'of a Response') } as ResponseHeaders;
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
   * @throws TypeError when the name, the value or an attribute can't stand in a header.
   */
  cookie(name: string, value: string, options?: CookieOptions): this {
    this.cookies.push(serializeCookie(name, value, options));
    return this;
  }

  /** Makes the body out of the content: text, bytes, or `null` for none. */
  render(content: T, json: JsonCodec = JSON): string | Uint8Array | null {
    if (content === undefined || content === null) return null;
    if (typeof content === 'string' || content instanceof Uint8Array) return content;
    return isAnyArrayBuffer(content) ? new Uint8Array(content) : json.stringify(content);
  }
}
brand(Response, 'Response');
