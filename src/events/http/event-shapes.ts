import type { ALBEvent } from 'aws-lambda';
import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import type { LatticeEventV1, LatticeEventV2 } from './lattice-events.js';

// Apart from what decodes these events: that of load balancers is loaded by the first of their events.

/**
 * Whether an event has a member that an HTTP source is detected by, and does not ask an authorizer; most other events
 * end here.
 */
export function mayBeRequest(event: unknown): event is PlainObject {
  const { requestContext, httpMethod, raw_path } = (event ?? {}) as PlainObject;
  const mayBe = requestContext !== undefined || httpMethod !== undefined || raw_path !== undefined;
  return mayBe && !isAuthorizerEvent(event as PlainObject);
}

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

/** Whether an event comes from an Application Load Balancer. */
export function isAlbEvent(event: unknown): event is ALBEvent {
  if (!isJsonObject(event) || typeof event['httpMethod'] !== 'string') return false;
  return isJsonObject(event['requestContext']) && isJsonObject(event['requestContext']['elb']);
}

/** Whether an event comes from VPC Lattice with event structure V1. */
export function isLatticeV1(event: unknown): event is LatticeEventV1 {
  return isJsonObject(event) && typeof event['raw_path'] === 'string' && typeof event['method'] === 'string';
}

/** Whether an event comes from VPC Lattice with event structure V2. */
export function isLatticeV2(event: unknown): event is LatticeEventV2 {
  if (!isJsonObject(event) || typeof event['path'] !== 'string' || typeof event['method'] !== 'string') return false;
  return isJsonObject(event['requestContext']) && typeof event['requestContext']['targetGroupArn'] === 'string';
}
