import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpEventAdapter } from '../../contracts/http-event-adapter.js';
import { decode } from './decode.js';
import { detect } from './detect.js';
import { encode } from './encode.js';

/** HTTP APIs with payload format 2.0. */
export const apiGatewayV2: HttpEventAdapter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  source: 'api-gateway-v2',
  detect,
  decode,
  encode,
  responseLimit: 6 * 1024 * 1024,
};
