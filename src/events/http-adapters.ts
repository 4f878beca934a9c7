import type { HttpEventAdapter } from '../contracts/http-event-adapter.js';
import { alb } from './alb/adapter.js';
import { apiGatewayV1 } from './api-gateway-v1/adapter.js';
import { apiGatewayV2 } from './api-gateway-v2/adapter.js';
import { functionUrl } from './function-url/adapter.js';
import { latticeV1 } from './lattice-v1/adapter.js';
import { latticeV2 } from './lattice-v2/adapter.js';

/** Every HTTP source, in the order in which they are asked: the commonest first. */
export const httpAdapters: readonly HttpEventAdapter[] = [apiGatewayV2, functionUrl, apiGatewayV1, alb, latticeV2, latticeV1];

/** The source of an HTTP request, `undefined` for every other event and value. */
export function detectHttpAdapter(event: unknown): HttpEventAdapter | undefined {
  for (const adapter of httpAdapters) if (adapter.detect(event)) return adapter;
  return undefined;
}
