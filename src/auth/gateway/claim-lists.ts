import { commaSeparated } from '../../shared/comma-separated.js';
import { listed, type ReadList, words } from '../claims.js';

/**
 * How lists arrive, which gateways turn into text: `[a b]` from the JWT authorizer of an HTTP API, `a,b` from the
 * Cognito authorizer of a REST API. The context of a Lambda authorizer is what its author wrote.
 */
export const LIST_READERS: Readonly<Record<'jwt' | 'cognito' | 'lambda', ReadList>> = {
  jwt: splitting((text) => (text.startsWith('[') && text.endsWith(']') ? words(text.slice(1, -1)) : [text])),
  cognito: splitting(commaSeparated),
  lambda: splitting(commaSeparated),
};

/** The items of a list that is one are whole. */
function splitting(split: (text: string) => readonly string[]): ReadList {
  return (value) => (typeof value === 'string' ? split(value) : listed(value));
}
