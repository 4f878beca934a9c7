import { HttpException } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import { isValidationDetails, loggedDetails } from '../../errors/redact-details.js';
import { outgoingValue } from '../../shared/outgoing-value.js';
import { messageOf } from '../../shared/thrown.js';
import { jsonValue } from '../writers/loggable-value.js';
import { CAUSED_BY, stackOf } from './error-stack.js';

/**
 * Returns the error detail of an exception: its `errorDetail`, or its `detail` with, for a 5xx, its cause. `undefined`
 * if the exception is only a status, and for other errors.
 */
export function errorDetailOf(error: unknown): unknown {
  if (!(error instanceof HttpException)) return undefined;
  const { errorDetail, cause, statusCode } = error;
  if (errorDetail !== undefined && errorDetail !== null) return errorDetail;
  const detail = readableDetail(error);
  if (cause === undefined || statusCode < 500) return detail;
  const stack = stackOf(cause);
  return detail === undefined ? stack : [detail, stack].map(asText).join(CAUSED_BY);
}

/** The detail as the response has it, without excluded members; or the reason why it can't be serialized. */
function readableDetail({ detail, statusCode }: HttpException): unknown {
  if (detail === errorStatusText(statusCode)) return undefined;
  if (isValidationDetails(detail)) return loggedDetails(detail);
  try {
    return outgoingValue(detail);
  } catch (error) {
    return messageOf(error);
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(jsonValue(value));
}
