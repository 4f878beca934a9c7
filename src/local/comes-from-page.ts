import type { IncomingMessage } from 'node:http';

/**
 * Whether a page in a browser sends the request: it says its origin with every POST, and how that is related to this
 * server. What takes events or messages without asking for credentials must refuse it, or any page that a developer
 * visits could send some.
 */
export function comesFromPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}
