import { shortened } from '../shared/input-limits.js';
import { outgoingValue } from '../shared/outgoing-value.js';
import { HttpException } from './http-exception.js';
import { errorStatusText } from './http-status.js';
import { isValidationDetails, redactDetails } from './redact-details.js';

/**
 * Adds an exception's `detail` to its message, for callers that don't use HTTP. They get `errorType` and
 * `errorMessage`, which would otherwise contain no more than the status text. Returns the same error.
 */
export function explain(error: unknown): unknown {
  if (!(error instanceof HttpException)) return error;
  const { detail, statusCode, message } = error;
  const status = errorStatusText(statusCode);
  // A string is the message already. The message of a user's own class stays, and so does a frozen error.
  if (typeof detail === 'object' && message === status) Reflect.set(error, 'message', `${status}: ${textOf(detail)}`);
  return error;
}

const MOST_SHOWN = 20;
const MAX_MESSAGE = 1000;

function textOf(detail: unknown): string {
  if (!isValidationDetails(detail)) return shortened(jsonOf(detail), MAX_MESSAGE);
  // Redacted, because Lambda logs the message.
  const lines = redactDetails(detail, MOST_SHOWN).map(({ loc, msg }) => `${loc.join('.')}: ${msg}`);
  const rest = detail.length - lines.length;
  return shortened(lines.join('; '), MAX_MESSAGE) + (rest > 0 ? `; and ${rest} more` : '');
}

function jsonOf(detail: unknown): string {
  try {
    return JSON.stringify(outgoingValue(detail)) ?? String(detail);
  } catch {
    return 'a detail that JSON cannot represent';
  }
}
