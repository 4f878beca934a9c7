import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { type AuthorizerEvent, detectAuthorizer } from './detect.js';
import { encodeAuthorizer, isRefusal } from './encode.js';

/** Lambda authorizers of REST, HTTP and WebSocket APIs, and of AppSync. */
export const authorizer: RecordAdapter<AuthorizerEvent> = {
  source: 'authorizer',
  batches: false,
  carriesEvents: false,
  isRefusal,
  detect: detectAuthorizer,
  decode: (event) => [{ raw: event, id: requestIdOf(event), attributes: {}, content: () => event }],
  encode: encodeAuthorizer,
};

/** A token authorizer is told nothing but the token. */
function requestIdOf(event: AuthorizerEvent): string {
  return asString(asRecord(asRecord(event)['requestContext'])['requestId']) ?? '';
}
