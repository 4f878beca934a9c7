import type { IoTCustomAuthorizerEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';

/** For `@OnEvent`: the question to a custom authorizer of AWS IoT Core. What rules of IoT send has a shape of your own. */
export function isIotAuthorizer(event: unknown): event is IoTCustomAuthorizerEvent {
  return isRecord(event) && Array.isArray(event['protocols']) && isRecord(event['protocolData']) && isRecord(event['connectionMetadata']);
}
