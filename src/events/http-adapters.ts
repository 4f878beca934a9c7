import type { HttpEventAdapter } from '../contracts/event-adapter.js';
import { alb } from './alb.js';
import { apiGatewayV1 } from './api-gateway-v1.js';
import { apiGatewayV2 } from './api-gateway-v2.js';
import { functionUrl } from './function-url.js';
import { latticeV1, latticeV2 } from './lattice.js';

/** Every HTTP source, in the order in which they are asked: the commonest first. */
export const httpAdapters: readonly HttpEventAdapter[] = [
  apiGatewayV2,
  functionUrl,
  apiGatewayV1,
  alb,
  latticeV2,
  latticeV1,
];

/** The source of an HTTP request, `undefined` for every other event and value. */
export function detectHttpAdapter(event: unknown): HttpEventAdapter | undefined {
  for (const adapter of httpAdapters) if (adapter.detect(event)) return adapter;
  return undefined;
}
