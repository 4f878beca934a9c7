import { isNativeError } from 'node:util/types';
import { brand } from '../shared/brand.js';
import { plainHeaders, refuseUnknownNames } from './option-rules.js';
import { errorStatusText } from './http-statuses.js';

/** What an `HttpException` takes beside status and detail. */
export interface HttpExceptionOptions {
  /** Headers of the answer, for example `{ 'www-authenticate': 'Bearer' }`. */
  headers?: Record<string, string | string[]>;
  /** For the access log only, in the place of the detail; the caller never sees it. */
  errorDetail?: unknown;
  /** The error behind it; its stack is in the access log for a status from 500 on that has no `errorDetail`. */
  cause?: unknown;
}

const NO_OPTIONS: HttpExceptionOptions = {};
const OPTIONS: ReadonlySet<string> = new Set<keyof HttpExceptionOptions>(['headers', 'errorDetail', 'cause']);

/**
 * An error that is an answer: status `statusCode`, body `{"detail": detail}`.
 *
 * `detail` may be any JSON value and is the status' reason phrase unless given. An error in its place becomes the cause: callers are
 * not told what it says.
 */
export class HttpException extends Error {
  readonly detail: unknown;
  readonly headers: Record<string, string | string[]>;
  readonly errorDetail: unknown;

  constructor(
    readonly statusCode: number,
    detail?: unknown,
    options: HttpExceptionOptions = NO_OPTIONS,
  ) {
    if (options !== NO_OPTIONS) {
      refuseUnknownNames(options, OPTIONS, 'the options of an HttpException');
      plainHeaders(options.headers, 'of an HttpException');
    }
    // What an error says, and what clients hang on theirs, is for the log.
    const error = detail instanceof Error || isNativeError(detail) ? detail : undefined;
    const content = error ? errorStatusText(statusCode) : (detail ?? errorStatusText(statusCode));
    super(typeof content === 'string' ? content : errorStatusText(statusCode), error && options.cause === undefined ? { ...options, cause: error } : options);
    if (!Number.isInteger(statusCode) || statusCode < 400 || statusCode > 599) {
      throw new RangeError(`HttpException takes a status from 400 to 599 first, and then the detail; ${named(statusCode)} is no such status`);
    }
    this.detail = content;
    this.headers = options.headers ?? {};
    // From 500 on the cause is in the log by itself.
    this.errorDetail = options.errorDetail ?? (statusCode < 500 ? error?.message : undefined);
  }

  override get name(): string {
    return this.constructor.name;
  }

  /** NestJS's accessor for {@link statusCode}. */
  getStatus(): number {
    return this.statusCode;
  }

  /** The body of the answer. */
  getResponse(): { detail: unknown } {
    return { detail: this.detail };
  }
}
brand(HttpException, 'HttpException');

/** Who is used to NestJS writes the detail first. */
function named(given: unknown): string {
  if (typeof given === 'string') return JSON.stringify(given);
  return typeof given === 'object' ? 'an object' : String(given);
}
