import type { IoTCustomAuthorizerEvent, IoTCustomAuthorizerResult } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { isJsonObject } from '../shared/json-values.js';
import { isRefusal } from './authorizer.js';
import { directInvocation } from './direct-invocation.js';
import { soleResult } from './outcomes.js';

/**
 * For `@OnEvent`: the question to a custom authorizer of AWS IoT Core. What rules of IoT send has a shape of your own.
 */
export function isIotAuthorizer(event: unknown): event is IoTCustomAuthorizerEvent {
  return (
    isJsonObject(event) &&
    Array.isArray(event['protocols']) &&
    isJsonObject(event['protocolData']) &&
    isJsonObject(event['connectionMetadata'])
  );
}

/** Custom authorizers of AWS IoT Core. */
export const iotAuthorizer: RecordAdapter<IoTCustomAuthorizerEvent> = {
  ...directInvocation,
  isRefusal,
  detect: isIotAuthorizer,
  encode: encodeIotAuthorizer,
};

/**
 * A no is `false`, or an exception that says so. A yes needs policies, and so the whole answer.
 *
 * @throws TypeError for what is neither.
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-lambda.html
 */
function encodeIotAuthorizer([outcome]: readonly RecordOutcome[]): unknown {
  if (outcome?.failed && isRefusal(outcome.error)) return REFUSED;
  const value = soleResult(outcome ? [outcome] : []);
  if (value === false) return REFUSED;
  // IoT refuses the device where the object is no answer.
  if (isJsonObject(value)) return value;
  throw new TypeError(
    `An authorizer of IoT returns { isAuthenticated, principalId, policyDocuments, … }, or false, not ${describeValue(value)}`,
  );
}

const REFUSED: IoTCustomAuthorizerResult = {
  isAuthenticated: false,
  principalId: 'refused',
  disconnectAfterInSeconds: 0,
  refreshAfterInSeconds: 0,
  policyDocuments: [],
};
