import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/record-adapter.js';
import { described } from '../../errors/yes-or-no.js';
import { isRecord } from '../is-record.js';
import { type CognitoTriggerEvents, isCognitoTrigger } from '../predicates/cognito-trigger.js';
import { soleResult } from '../sole-result.js';
import { directInvocation } from './adapter.js';

type TriggerEvent = CognitoTriggerEvents[keyof CognitoTriggerEvents];

/** The triggers of a user pool. Those who sign in are shown what an error says. */
export const cognitoTrigger: RecordAdapter<TriggerEvent> = {
  ...directInvocation,
  showsErrors: true,
  detect: isCognitoTrigger(),
  encode: encodeTrigger,
};

/**
 * The event goes back, with the `response` that the method has filled in.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 * @throws TypeError for a result without a response, which Cognito would refuse as well.
 */
function encodeTrigger(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: TriggerEvent): unknown {
  const value = soleResult(outcomes) ?? event;
  if (value === event || (isRecord(value) && isRecord(value['response']))) return value;
  throw new TypeError(`A trigger of Cognito returns nothing, or its event with a response, not ${described(value)}`);
}
