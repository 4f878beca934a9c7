import type { RecordAdapter } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { malformed } from '../malformed-event.js';
import { type AuthorizerEvent, detectAuthorizer } from './detect.js';
import { encodeAuthorizer, isRefusal } from './encode.js';

/** Lambda authorizers of REST, HTTP and WebSocket APIs, and of AppSync. */
export const authorizer: RecordAdapter<AuthorizerEvent> = {
  source: 'authorizer',
  batches: false,
  isRefusal,
  detect: detectAuthorizer,
  decode: (event) => [{ raw: event, id: requestIdOf(event), attributes: {}, malformed: faultOf(event), content: () => event }],
  encode: encodeAuthorizer,
};

/** What is asked for is named by text, or nothing can be allowed. */
function faultOf(event: AuthorizerEvent): Error | undefined {
  const { methodArn, routeArn } = event as unknown as PlainObject;
  if (methodArn !== undefined && !isName(methodArn)) return malformed('methodArn', methodArn, 'text');
  return routeArn !== undefined && !isName(routeArn) ? malformed('routeArn', routeArn, 'text') : undefined;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** A token authorizer is told nothing but the token. */
function requestIdOf(event: AuthorizerEvent): string {
  return asString(asRecord(asRecord(event)['requestContext'])['requestId']) ?? '';
}
