import { stackOf } from '../../../logging/error-detail.js';
import { toJsonLine } from '../../../logging/json-line.js';

/** The type of the lines that the process itself writes. */
export const RUNTIME_LINE = 'runtime';

/** The line that tells of an error which nobody handled, as Lambda's runtime writes one beside what the application does. */
export function failureLine(message: string, error: unknown, id?: string): string {
  const date = new Date().toISOString();
  return `${toJsonLine({ type: RUNTIME_LINE, level: 'critical', date, id, message, error_detail: stackOf(error) })}\n`;
}
