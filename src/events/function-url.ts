import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import type { RequestSource } from '../http/request/request-source.js';
import { keepPath, withoutBasePath } from './http/path.js';
import { encodePayloadV2, isFunctionUrl, isPayloadV2, PayloadV2Source, rawPathOf } from './http/payload-v2.js';

/** Lambda Function URLs. */
export const functionUrl: HttpEventAdapter<LambdaFunctionURLEvent, APIGatewayProxyStructuredResultV2> = {
  source: 'function-url',
  detect,
  decode,
  encode: encodePayloadV2,
  responseLimit: 6 * 1024 * 1024,
};

function detect(event: unknown): event is LambdaFunctionURLEvent {
  return isPayloadV2(event) && isFunctionUrl(event);
}

/** Function URLs leave `rawPath` encoded and have no stages. */
function decode(event: LambdaFunctionURLEvent, options: DecodeOptions): RequestSource {
  return new PayloadV2Source(event, withoutBasePath(keepPath(rawPathOf(event)), options));
}
