import { isPlainObject } from '../shared/plain-object.js';
import { HttpException, withoutStack } from './http-exception.js';

/** The shape of the errors of http-errors, which Express, Fastify and Middy use, and of plain objects in NestJS. */
interface StatusError {
  readonly statusCode: number;
  readonly message: string;
  /** Whether the caller may see the message. Default: true below 500. */
  readonly expose?: boolean;
  readonly headers?: unknown;
}

/**
 * Members that clients of other services attach to their errors, such as `response`, `requestId`, `responseBody` and
 * `rawResponse`. The status, the message and the headers of such an error come from an upstream service and are not
 * meant for the caller, unless `expose` says so.
 */
const CLIENT_MEMBER =
  /^(?:(?:raw|http)?(?:[Rr]equest|[Rr]esponse|[Hh]eaders|[Bb]ody)(?![a-z])|(?:http)?[Mm]eta$|\$metadata$)/;

/** Returns the exception that an error is or, if it has the shape of http-errors, stands for; otherwise `undefined`. */
export function asHttpException(error: unknown): HttpException | undefined {
  if (error instanceof HttpException) return error;
  try {
    return isStatusError(error) ? withoutStack(() => exceptionOf(error)) : undefined;
  } catch {
    // A getter threw: the error has no readable status.
    return undefined;
  }
}

function isStatusError(error: unknown): error is StatusError {
  if (typeof error !== 'object' || error === null) return false;
  const { statusCode, message, expose } = error as Partial<StatusError>;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 400 || statusCode > 599)
    return false;
  if (typeof message !== 'string' || !(expose === undefined || typeof expose === 'boolean')) return false;
  return expose !== undefined || !isClients(error);
}

/** Whether a client of another service has made the error. Members of classes may be getters. */
function isClients(error: object): boolean {
  const has = (name: string): boolean => ((error as Record<string, unknown>)[name] ?? undefined) !== undefined;
  for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertyNames(at).some((name) => CLIENT_MEMBER.test(name) && has(name))) return true;
  return false;
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

/** The headers in a plain object. Anything else may be an upstream's. */
function headersOf({ headers }: StatusError): { headers?: Record<string, string | string[]> } {
  return isPlainObject(headers) ? { headers: { ...(headers as Record<string, string | string[]>) } } : {};
}
