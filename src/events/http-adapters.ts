import type { HttpEventAdapter } from '../contracts/event-adapter.js';
import { isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { alb } from './alb.js';
import { apiGatewayV1 } from './api-gateway-v1.js';
import { apiGatewayV2 } from './api-gateway-v2.js';
import { functionUrl } from './function-url.js';
import { latticeV1, latticeV2 } from './lattice.js';

/**
 * Every HTTP source, the most common first: the first whose `detect` accepts the event gets it.
 *
 * To add a source, write `events/<source>.ts` (detect, decode, encode), add its line here, and write a sample event in
 * `samples/<source>.ts`, which `testing/events.ts` offers to tests. `test/events/every-source.test.ts` fails until
 * then.
 */
export const httpAdapters: readonly HttpEventAdapter[] = [
  apiGatewayV2,
  functionUrl,
  apiGatewayV1,
  alb,
  latticeV2,
  latticeV1,
];

/** Returns the HTTP source of an event, or `undefined` for every other event and value. */
export function detectHttpAdapter(event: unknown): HttpEventAdapter | undefined {
  if (!isJsonObject(event) || !mayBeRequest(event)) return undefined;
  for (const adapter of httpAdapters) if (adapter.detect(event)) return adapter;
  return undefined;
}

/** Returns whether an event has a member that an HTTP source is detected by; most other events end here. */
function mayBeRequest({ requestContext, httpMethod, raw_path }: PlainObject): boolean {
  return requestContext !== undefined || httpMethod !== undefined || raw_path !== undefined;
}
