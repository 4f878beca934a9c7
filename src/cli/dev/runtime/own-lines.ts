import type { ResultWatcher } from '../../../application/http/result-watcher.js';
import { stackOf } from '../../../logging/access-log/error-stack.js';
import { toJsonLine } from '../../../logging/writers/stdout-writer.js';

/** The `type` of log lines that the function's process writes. */
export const RUNTIME_LINE = 'runtime';

/** Formats the log line for an unhandled error. Lambda's runtime logs one, too, besides the application's. */
export function failureLine(message: string, error: unknown, id?: string): string {
  const date = new Date().toISOString();
  return `${toJsonLine({ type: RUNTIME_LINE, level: 'critical', date, id, message, error_detail: stackOf(error) })}\n`;
}

/** The properties of a response to API Gateway (AWS: "Lambda proxy integration response"). */
const RESPONSE_PROPERTIES: ReadonlySet<string> = new Set([
  'statusCode',
  'statusDescription',
  'headers',
  'multiValueHeaders',
  'cookies',
  'body',
  'isBase64Encoded',
]);

/**
 * Warns once per method about results that look like a response of a handler without a framework. Lambent treats them
 * as data, and the caller gets a 200.
 */
export function warnOfGatewayResults(write: (line: string) => void): ResultWatcher {
  const warned = new Set<string>();
  return (result, method) => {
    if (warned.has(method) || !isGatewayResult(result)) return;
    warned.add(method);
    const properties = Object.keys(result).join(', ');
    write(
      warningLine(
        `${method} returned { ${properties} }, which is sent as JSON with the status code of the route. ` +
          'To set the response, return new Response(body, { statusCode, headers }) from lambent',
      ),
    );
  };
}

function isGatewayResult(result: unknown): result is object {
  if (typeof result !== 'object' || result === null) return false;
  const { statusCode } = result as { statusCode?: unknown };
  if (typeof statusCode !== 'number' || !(statusCode >= 100 && statusCode <= 599)) return false;
  return Object.keys(result).every((name) => RESPONSE_PROPERTIES.has(name));
}

function warningLine(message: string): string {
  return `${toJsonLine({ type: RUNTIME_LINE, level: 'warning', date: new Date().toISOString(), message })}\n`;
}
