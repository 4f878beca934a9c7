import { isNativeError } from 'node:util/types';
import { brand } from '../shared/brand.js';
import { plainHeaders, refuseUnknownNames } from './check-options.js';
import { errorStatusText } from './http-status.js';

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
 * `detail` may be any JSON value and is the status' reason phrase unless given. An error in its place becomes the
 * cause: callers are not told what it says.
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
    super(
      typeof content === 'string' ? content : errorStatusText(statusCode),
      error && options.cause === undefined ? { ...options, cause: error } : options,
    );
    if (!Number.isInteger(statusCode) || statusCode < 400 || statusCode > 599) {
      throw new RangeError(
        `HttpException takes a status from 400 to 599 first, and then the detail; ${named(statusCode)} is no such status`,
      );
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

/**
 * What http-errors makes, and those who go by its shape: Express, Fastify, middy, and plain objects as NestJS takes
 * them.
 */
interface StatusError {
  readonly statusCode: number;
  readonly message: string;
  /** Whether the caller may read the message; below 500 unless said. */
  readonly expose?: boolean;
  readonly headers?: unknown;
}

/**
 * What clients of other services hang on their errors. The status of such an error is what an upstream has answered to
 * this application, and its message is about the two of them: no answer to the caller, unless `expose` says so.
 */
const OF_UPSTREAM = ['response', 'request', 'requestId', '$metadata', 'meta'] as const;

/**
 * The answer that an error says it is: an `HttpException`, or one of http-errors' shape; `undefined` of any other
 * error.
 */
export function asHttpException(error: unknown): HttpException | undefined {
  if (error instanceof HttpException) return error;
  try {
    return isStatusError(error) ? withoutStack(() => exceptionOf(error)) : undefined;
  } catch {
    // A member that can't be read says nothing.
    return undefined;
  }
}

function isStatusError(error: unknown): error is StatusError {
  if (typeof error !== 'object' || error === null) return false;
  const { statusCode, message, expose } = error as Partial<StatusError>;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 400 || statusCode > 599)
    return false;
  if (typeof message !== 'string' || !(expose === undefined || typeof expose === 'boolean')) return false;
  return (
    expose === true ||
    !OF_UPSTREAM.some((name) => ((error as Record<string, unknown>)[name] ?? undefined) !== undefined)
  );
}

function exceptionOf(error: StatusError): HttpException {
  const { statusCode, message, expose = statusCode < 500 } = error;
  const hidden = !expose && (statusCode < 500 || !(error instanceof Error)) ? message : undefined;
  return new HttpException(statusCode, expose && message !== '' ? message : undefined, {
    ...headersOf(error),
    errorDetail: hidden,
    cause: error,
  });
}

/** Those that are written down; of anything else nobody knows whose they are. */
function headersOf({ headers }: StatusError): { headers?: Record<string, string | string[]> } {
  const prototype: unknown =
    typeof headers === 'object' && headers !== null ? Object.getPrototypeOf(headers) : undefined;
  const isPlain = prototype === null || (prototype !== undefined && Object.getPrototypeOf(prototype) === null);
  return isPlain ? { headers: { ...(headers as Record<string, string | string[]>) } } : {};
}

/**
 * An exception that goes to the caller as a value: throwing one takes 3 µs, a fifth of a request that is refused.
 * Readers of arguments hand mistakes in the input on like this; where user code has to see them, they are thrown.
 */
export class Refusal {
  constructor(readonly error: HttpException) {}
}

/** @throws The exception of a refusal; gives every other value as it is. */
export function unrefused<T>(value: T | Refusal): T {
  if (value instanceof Refusal) throw value.error;
  return value;
}

/**
 * Makes an error that does not say where it was made: for what answers a request and is no fault of the program.
 * Capturing the stack costs 6 to 7 µs a time, a whole request less.
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
