import type { ALBEvent } from 'aws-lambda';
import { isJsonObject } from '../../shared/json-values.js';
import type { LatticeEventV1, LatticeEventV2 } from './lattice-events.js';

// Apart from what decodes these events, which is loaded by the first of them.

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
