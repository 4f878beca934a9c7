import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import type { RequestSource } from '../http/request/request-source.js';
import { encodePath, withoutBasePath, withoutStage } from './http/path.js';
import { encodePayloadV2, isFunctionUrl, isPayloadV2, PayloadV2Source, rawPathOf } from './http/payload-v2.js';

/** HTTP APIs with payload format 2.0. */
export const apiGatewayV2: HttpEventAdapter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  source: 'api-gateway-v2',
  detect,
  decode,
  encode: encodePayloadV2,
  responseLimit: 6 * 1024 * 1024,
};

function detect(event: unknown): event is APIGatewayProxyEventV2 {
  return isPayloadV2(event) && !isFunctionUrl(event);
}

/** HTTP APIs decode `rawPath` and keep a named stage in it. */
function decode(event: APIGatewayProxyEventV2, options: DecodeOptions): RequestSource {
  const { stage } = event.requestContext;
  const path = encodePath(rawPathOf(event));
  const routed = stage === undefined || stage === '$default' ? path : withoutStage(path, stage);
  return new PayloadV2Source(event, options.basePath?.length ? withoutBasePath(routed, options) : routed);
}
