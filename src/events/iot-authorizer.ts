import type { IoTCustomAuthorizerEvent, IoTCustomAuthorizerResult } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { isJsonObject } from '../shared/json-values.js';
import { isRefusal } from './authorizer.js';
import { directInvocation } from './direct-invocation.js';
import { soleResult } from './results/batch-item-failures.js';

/** Custom authorizers of AWS IoT Core. */
export const iotAuthorizer: RecordAdapter<IoTCustomAuthorizerEvent> = {
  ...directInvocation,
  isRefusal,
  detect: isIotAuthorizer,
  encode: encodeIotAuthorizer,
};

/**
 * For `@OnEvent`: whether the event is for a custom authorizer of AWS IoT Core. Events of IoT rules have whatever
 * format you gave them.
 */
export function isIotAuthorizer(event: unknown): event is IoTCustomAuthorizerEvent {
  return (
    isJsonObject(event) &&
    Array.isArray(event['protocols']) &&
    isJsonObject(event['protocolData']) &&
    isJsonObject(event['connectionMetadata'])
  );
}

/**
 * Returns the refusal for `false` or an exception that means "no". "Yes" needs policies, so the method returns the
 * whole result.
 *
 * @throws TypeError for any other result.
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-lambda.html
 */
function encodeIotAuthorizer([outcome]: readonly RecordOutcome[]): unknown {
  if (outcome?.failed && isRefusal(outcome.error)) return REFUSED;
  const value = soleResult(outcome ? [outcome] : []);
  if (value === false) return REFUSED;
  // IoT itself refuses the device if the object is not a valid result.
  if (isJsonObject(value)) return value;
  throw new TypeError(
    'An IoT authorizer must return { isAuthenticated, principalId, policyDocuments, … } or false, ' +
      `not ${describeValue(value)}`,
  );
}

const REFUSED: IoTCustomAuthorizerResult = {
  isAuthenticated: false,
  principalId: 'refused',
  disconnectAfterInSeconds: 0,
  refreshAfterInSeconds: 0,
  policyDocuments: [],
};
