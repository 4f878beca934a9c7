import { ERROR_PHRASES } from './http-status.js';

/** The reason phrases of the IANA registry for statuses that are no errors. */
const OTHER_PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
};

/** The reason phrase of a status, `undefined` for a number outside the registry. */
export function reasonPhrase(statusCode: number): string | undefined {
  // Node's spelling, which differs from NestJS's.
  return statusCode === 418 ? "I'm a Teapot" : (ERROR_PHRASES[statusCode] ?? OTHER_PHRASES[statusCode]);
}
