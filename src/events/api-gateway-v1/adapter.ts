import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { HttpEventAdapter } from '../../contracts/http-event-adapter.js';
import { decode } from './decode.js';
import { detect } from './detect.js';
import { encode } from './encode.js';

/** REST APIs, and HTTP APIs with payload format 1.0. */
export const apiGatewayV1: HttpEventAdapter<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  source: 'api-gateway-v1',
  detect,
  decode,
  encode,
  responseLimit: 6 * 1024 * 1024,
};
