import { HttpException } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import { isValidationDetails, loggedDetails } from '../../errors/redact-details.js';
import { outgoingValue } from '../../shared/outgoing.js';
import { isError, jsonValue, readMember } from '../writers/json-value.js';

const MAX_CAUSES = 5;
const CAUSED_BY = '\nCaused by: ';

/**
 * What the log says of an error that nobody handled: its stack and those of its causes, or the value that was thrown.
 */
export function stackOf(error: unknown): unknown {
  if (!isError(error)) return jsonValue(error) ?? String(error);
  const stacks: string[] = [];
  for (let cause: unknown = error; isError(cause) && stacks.length < MAX_CAUSES; cause = readMember(cause, 'cause')) {
    stacks.push(String(jsonValue(readMember(cause, 'stack')) ?? jsonValue(readMember(cause, 'message'))));
  }
  return stacks.join(CAUSED_BY);
}

/**
 * What the log says of an exception: its `errorDetail`, else its `detail` and, from 500 on, what caused it. `undefined`
 * for a bare status, and for any other error.
 */
export function errorDetailOf(error: unknown): unknown {
  if (!(error instanceof HttpException)) return undefined;
  const { errorDetail, cause, statusCode } = error;
  if (errorDetail !== undefined && errorDetail !== null) return errorDetail;
  const detail = toldDetail(error);
  if (cause === undefined || statusCode < 500) return detail;
  const stack = stackOf(cause);
  return detail === undefined ? stack : [detail, stack].map(asText).join(CAUSED_BY);
}

/** The status says its own text. */
function toldDetail({ detail, statusCode }: HttpException): unknown {
  if (detail === errorStatusText(statusCode)) return undefined;
  return isValidationDetails(detail) ? loggedDetails(detail) : toldOf(detail);
}

/** As the caller is told it, without what its classes exclude; or why it can't be told. */
function toldOf(detail: unknown): unknown {
  try {
    return outgoingValue(detail);
  } catch (error) {
    return (error as Error).message;
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(jsonValue(value));
}
