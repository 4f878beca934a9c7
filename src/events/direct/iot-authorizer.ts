import type { IoTCustomAuthorizerEvent, IoTCustomAuthorizerResult } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome } from '../../contracts/record-adapter.js';
import { described } from '../../errors/yes-or-no.js';
import { isRefusal } from '../authorizer/encode.js';
import { isRecord } from '../is-record.js';
import { isIotAuthorizer } from '../predicates/iot-authorizer.js';
import { soleResult } from '../sole-result.js';
import { directInvocation } from './adapter.js';

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
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-lambda.html
 * @throws TypeError for what is neither.
 */
function encodeIotAuthorizer([outcome]: readonly RecordOutcome[]): unknown {
  if (outcome?.failed && isRefusal(outcome.error)) return REFUSED;
  const value = soleResult(outcome ? [outcome] : []);
  if (value === false) return REFUSED;
  // IoT refuses the device where the object is no answer.
  if (isRecord(value)) return value;
  throw new TypeError(`An authorizer of IoT returns { isAuthenticated, principalId, policyDocuments, … }, or false, not ${described(value)}`);
}

const REFUSED: IoTCustomAuthorizerResult = {
  isAuthenticated: false,
  principalId: 'refused',
  disconnectAfterInSeconds: 0,
  refreshAfterInSeconds: 0,
  policyDocuments: [],
};
