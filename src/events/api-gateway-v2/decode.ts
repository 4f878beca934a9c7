import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { DecodeOptions } from '../../contracts/http-event-adapter.js';
import type { RequestSource } from '../../http/request-source.js';
import { encodePath, withoutBasePath, withoutStage } from '../event-path.js';
import { PayloadV2Source, rawPathOf } from '../payload-v2.js';

/** HTTP APIs decode `rawPath`, and keep a named stage in it. */
export function decode(event: APIGatewayProxyEventV2, options: DecodeOptions): RequestSource {
  const path = withoutStage(encodePath(rawPathOf(event)), event.requestContext.stage);
  return new PayloadV2Source(event, withoutBasePath(path, options));
}
