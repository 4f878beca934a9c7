import { shortened } from '../shared/input-limits.js';
import { outgoingValue } from '../shared/outgoing.js';
import { HttpException } from './http-exception.js';
import { errorStatusText } from './http-status.js';
import { isValidationDetails, redactDetails } from './redact-details.js';

/**
 * Puts what an exception has in its `detail` into its message. Over HTTP the detail is the answer; whoever invoked the
 * function another way is given `errorType` and `errorMessage`, and would read nothing but the status' name there.
 * The error stays the one that was thrown.
 */
export function explain(error: unknown): unknown {
  if (!(error instanceof HttpException)) return error;
  const { detail, statusCode, message } = error;
  const status = errorStatusText(statusCode);
  // A text is the message already. One that a class of its own has given stays, and so does a frozen error.
  if (typeof detail === 'object' && message === status) Reflect.set(error, 'message', `${status}: ${textOf(detail)}`);
  return error;
}

const MAX_DETAILS = 20;
const MAX_LENGTH = 1000;

function textOf(detail: unknown): string {
  if (!isValidationDetails(detail)) return shortened(jsonOf(detail), MAX_LENGTH);
  // Lambda writes the message into its log, too.
  const lines = redactDetails(detail, MAX_DETAILS).map(({ loc, msg }) => `${loc.join('.')}: ${msg}`);
  const rest = detail.length - lines.length;
  return shortened(lines.join('; '), MAX_LENGTH) + (rest > 0 ? `; and ${rest} more` : '');
}

function jsonOf(detail: unknown): string {
  try {
    return JSON.stringify(outgoingValue(detail)) ?? String(detail);
  } catch {
    return 'a detail that JSON can not hold';
  }
}
