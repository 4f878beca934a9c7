import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { isFunctionUrl, isPayloadV2 } from '../payload-v2.js';

export function detect(event: unknown): event is LambdaFunctionURLEvent {
  return isPayloadV2(event) && isFunctionUrl(event);
}
