import type { IncomingMessage } from 'node:http';

/**
 * Whether a web page in a browser sent the request: browsers add an `Origin` or `Sec-Fetch-Site` header to every POST.
 * APIs that take events or messages without credentials must refuse such requests, or any page that a developer visits
 * could send them.
 */
export function comesFromPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}
