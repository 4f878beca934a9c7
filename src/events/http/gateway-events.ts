import type { PlainObject } from '../../shared/types.js';

/**
 * Whether an event asks a Lambda authorizer. It is a copy of the request, but must not reach a route: it names the ARN
 * that is asked for (`methodArn` in payload 1.0, `routeArn` in 2.0), which no request has, whatever else it contains.
 */
export function isAuthorizerEvent(event: PlainObject): boolean {
  return event['methodArn'] !== undefined || event['routeArn'] !== undefined;
}

/** Whether the request context is that of a WebSocket API. */
export function isWebSocketContext(context: PlainObject): boolean {
  return typeof context['connectionId'] === 'string' && typeof context['eventType'] === 'string';
}
