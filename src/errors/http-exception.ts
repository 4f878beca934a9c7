import { isNativeError } from 'node:util/types';
import { brand } from '../shared/brand.js';
import { errorStatusText } from './http-status.js';
import { plainHeaders, refuseUnknownNames } from './option-names.js';

/** The options of an `HttpException`. */
export interface HttpExceptionOptions {
  /** Headers of the response, for example `{ 'www-authenticate': 'Bearer' }`. */
  headers?: Record<string, string | string[]>;
  /** Replaces the detail in the access log. The caller never sees it. */
  errorDetail?: unknown;
  /** The error that caused it. For a 5xx without `errorDetail`, its stack is in the access log. */
  cause?: unknown;
}

const NO_OPTIONS: HttpExceptionOptions = {};
const OPTIONS: ReadonlySet<string> = new Set<keyof HttpExceptionOptions>(['headers', 'errorDetail', 'cause']);

/**
 * An error that becomes a response with the status `statusCode` and the body `{"detail": detail}`.
 *
 * `detail` may be any JSON value. Default: the reason phrase of the status. An error passed as the detail becomes the
 * `cause` instead, and callers don't see its message.
 */
export class HttpException extends Error {
  readonly statusCode: number;
  readonly detail: unknown;
  readonly headers: Record<string, string | string[]>;
  readonly errorDetail: unknown;

  constructor(statusCode: number, detail?: unknown, options?: HttpExceptionOptions);
  /** Takes the detail before the status, as in NestJS. The first number is the status. */
  constructor(detail: string | object, statusCode: number, options?: HttpExceptionOptions);
  constructor(first: unknown, second?: unknown, options: HttpExceptionOptions = NO_OPTIONS) {
    const isDetailFirst = typeof first !== 'number' && typeof second === 'number';
    const statusCode = (isDetailFirst ? second : first) as number;
    const detail = isDetailFirst ? first : second;
    if (options !== NO_OPTIONS) {
      refuseUnknownNames(options, OPTIONS, 'the options of an HttpException');
      plainHeaders(options.headers, 'of an HttpException');
    }
    // The message of an error, and what clients attach to theirs, belong in the log.
    const error = detail instanceof Error || isNativeError(detail) ? detail : undefined;
    const content = error ? errorStatusText(statusCode) : (detail ?? errorStatusText(statusCode));
    super(
      messageOf(content) ?? errorStatusText(statusCode),
      error && options.cause === undefined ? { ...options, cause: error } : options,
    );
    if (!Number.isInteger(statusCode) || statusCode < 400 || statusCode > 599) {
      throw new RangeError(
        `HttpException takes a status from 400 to 599 and the detail; ${named(statusCode)} is not such a status`,
      );
    }
    this.statusCode = statusCode;
    this.detail = content;
    this.headers = options.headers ?? {};
    // The log has the cause of a 5xx anyway.
    this.errorDetail = options.errorDetail ?? (statusCode < 500 ? error?.message : undefined);
  }

  override get name(): string {
    return this.constructor.name;
  }

  /** NestJS's accessor for {@link statusCode}. */
  getStatus(): number {
    return this.statusCode;
  }

  /** Returns the body of the response. */
  getResponse(): { detail: unknown } {
    return { detail: this.detail };
  }
}
brand(HttpException, 'HttpException');

/** The detail as the message of the error: text, or the `message` of an object, as in NestJS. */
function messageOf(detail: unknown): string | undefined {
  const message = typeof detail === 'object' ? (detail as { message?: unknown }).message : detail;
  return typeof message === 'string' ? message : undefined;
}

/** Shows what was given as the status, which is the detail if the status is missing. */
function named(given: unknown): string {
  if (typeof given === 'string') return JSON.stringify(given);
  return typeof given === 'object' ? 'an object' : String(given);
}

/**
 * An exception that is returned instead of thrown. Throwing takes 3 µs, a fifth of a refused request. Argument readers
 * return validation errors like this; where user code has to see them, {@link unrefused} throws them.
 */
export class Refusal {
  /**
   * @param isPlain Whether the detail is plain data that no user code has seen, so that it needs no serialization: an
   *   eighth of the time of a refused request while V8 has not optimised it yet.
   */
  constructor(
    readonly error: HttpException,
    readonly isPlain?: boolean,
  ) {}
}

/** Returns the value. @throws the exception of a refusal. */
export function unrefused<T>(value: T | Refusal): T {
  if (value instanceof Refusal) throw value.error;
  return value;
}

/**
 * Creates an error without a stack trace, for errors that are the caller's fault and not the program's. Capturing the
 * stack costs 6 to 7 µs, more than a whole request.
 */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
