import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { apiGatewayV1 } from '../api-gateway-v1.js';
import { apiGatewayV2 } from '../api-gateway-v2.js';
import { functionUrl } from '../function-url.js';

/** The HTTP sources that every function has from the start, the most common first. */
export const gatewayAdapters: readonly HttpEventAdapter[] = [apiGatewayV2, functionUrl, apiGatewayV1];
