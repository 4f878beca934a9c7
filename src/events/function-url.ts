import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import type { RequestSource } from '../http/request/request-source.js';
import { encodePayloadV2, isPayloadV2, PayloadV2Source, rawPathOf } from './api-gateway-v2.js';
import { keepPath, withoutBasePath } from './http/path.js';

/** Lambda Function URLs. */
export const functionUrl: HttpEventAdapter<LambdaFunctionURLEvent, APIGatewayProxyStructuredResultV2> = {
  source: 'function-url',
  detect,
  decode,
  encode: encodePayloadV2,
  responseLimit: 6 * 1024 * 1024,
};

function detect(event: unknown): event is LambdaFunctionURLEvent {
  return isPayloadV2(event, true);
}

/** Function URLs leave `rawPath` encoded and have no stages. */
function decode(event: LambdaFunctionURLEvent, options: DecodeOptions): RequestSource {
  const path = withoutBasePath(keepPath(rawPathOf(event)), options);
  return new PayloadV2Source(event, event.requestContext.http.method, path);
}
