import { decodeFormComponent, type QueryPair } from '../http/query.js';
import { decodeWhereValid } from './sample-decoding.js';

/** Names and values as they stand in a query string, still encoded. */
export function rawQueryPairs(queryString: string): QueryPair[] {
  const parts = queryString.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** Names and values as API Gateway decodes them. */
export function decodedQueryPairs(queryString: string): QueryPair[] {
  return rawQueryPairs(queryString).map(([name, value]) => [decode(name), decode(value)]);
}

function decode(text: string): string {
  return decodeWhereValid(text, decodeFormComponent);
}
