import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';
import type { HttpEventAdapter } from '../../contracts/http-event-adapter.js';
import { decode } from './decode.js';
import { detect } from './detect.js';
import { encode } from './encode.js';

/** Lambda Function URLs. */
export const functionUrl: HttpEventAdapter<LambdaFunctionURLEvent, APIGatewayProxyStructuredResultV2> = {
  source: 'function-url',
  detect,
  decode,
  encode,
  responseLimit: 6 * 1024 * 1024,
};
