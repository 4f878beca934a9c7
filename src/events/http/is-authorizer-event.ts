import type { PlainObject } from '../../shared/types.js';

/**
 * A Lambda authorizer is asked with a copy of the request. It must not reach a route: the event names the ARN of what
 * is asked for (`methodArn` in payload 1.0, `routeArn` in 2.0), which no request has, whatever else it says of itself.
 */
export function isAuthorizerEvent(event: PlainObject): boolean {
  return event['methodArn'] !== undefined || event['routeArn'] !== undefined;
}
