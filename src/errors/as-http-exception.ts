import { HttpException } from './http-exception.js';
import { withoutStack } from './without-stack.js';

/** What http-errors makes, and those who go by its shape: Express, Fastify, middy, and plain objects as NestJS takes them. */
interface StatusError {
  readonly statusCode: number;
  readonly message: string;
  /** Whether the caller may read the message; below 500 unless said. */
  readonly expose?: boolean;
  readonly headers?: unknown;
}

/**
 * What clients of other services hang on their errors. The status of such an error is what an upstream has answered to this
 * application, and its message is about the two of them: no answer to the caller, unless `expose` says so.
 */
const OF_UPSTREAM = ['response', 'request', 'requestId', '$metadata', 'meta'] as const;

/** The answer that an error says it is: an `HttpException`, or one of http-errors' shape; `undefined` of any other error. */
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
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 400 || statusCode > 599) return false;
  if (typeof message !== 'string' || !(expose === undefined || typeof expose === 'boolean')) return false;
  return expose === true || !OF_UPSTREAM.some((name) => ((error as Record<string, unknown>)[name] ?? undefined) !== undefined);
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
  const prototype: unknown = typeof headers === 'object' && headers !== null ? Object.getPrototypeOf(headers) : undefined;
  const isPlain = prototype === null || (prototype !== undefined && Object.getPrototypeOf(prototype) === null);
  return isPlain ? { headers: { ...(headers as Record<string, string | string[]>) } } : {};
}
