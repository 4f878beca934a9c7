import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isFunctionUrl, isPayloadV2 } from '../payload-v2.js';

export function detect(event: unknown): event is APIGatewayProxyEventV2 {
  return isPayloadV2(event) && !isFunctionUrl(event);
}
