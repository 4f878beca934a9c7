import type { ResultWatcher } from '../../../application/http/result-watcher.js';
import { stackOf } from '../../../logging/access-log/error-detail.js';
import { toJsonLine } from '../../../logging/writers/stdout-writer.js';

/** The type of the lines that the process itself writes. */
export const RUNTIME_LINE = 'runtime';

/**
 * The line that tells of an error which nobody handled, as Lambda's runtime writes one beside what the application
 * does.
 */
export function failureLine(message: string, error: unknown, id?: string): string {
  const date = new Date().toISOString();
  return `${toJsonLine({ type: RUNTIME_LINE, level: 'critical', date, id, message, error_detail: stackOf(error) })}\n`;
}

/** What a handler written by hand gives API Gateway (AWS: "Lambda proxy integration response"). */
const MEMBERS: ReadonlySet<string> = new Set([
  'statusCode',
  'statusDescription',
  'headers',
  'multiValueHeaders',
  'cookies',
  'body',
  'isBase64Encoded',
]);

/**
 * Warns, once a method, of results that look like those of a handler without a framework: here they are data like any
 * other, and the caller gets 200.
 */
export function warnOfGatewayResults(write: (line: string) => void): ResultWatcher {
  const told = new Set<string>();
  return (result, method) => {
    if (told.has(method) || !isGatewayResult(result)) return;
    told.add(method);
    const members = Object.keys(result).join(', ');
    write(
      warningLine(
        `${method} returned { ${members} }, which is data like any other: the caller gets it as JSON, with the route's status. Return new Response(body, { statusCode, headers }) of lambent`,
      ),
    );
  };
}

function isGatewayResult(result: unknown): result is object {
  if (typeof result !== 'object' || result === null) return false;
  const { statusCode } = result as { statusCode?: unknown };
  if (typeof statusCode !== 'number' || !(statusCode >= 100 && statusCode <= 599)) return false;
  return Object.keys(result).every((name) => MEMBERS.has(name));
}

function warningLine(message: string): string {
  return `${toJsonLine({ type: RUNTIME_LINE, level: 'warning', date: new Date().toISOString(), message })}\n`;
}
