import type {
  CreateAuthChallengeTriggerEvent,
  CustomEmailSenderTriggerEvent,
  CustomMessageTriggerEvent,
  CustomSMSSenderTriggerEvent,
  DefineAuthChallengeTriggerEvent,
  InboundFederationTriggerEvent,
  PostAuthenticationTriggerEvent,
  PostConfirmationTriggerEvent,
  PreAuthenticationTriggerEvent,
  PreSignUpTriggerEvent,
  PreTokenGenerationTriggerEvent,
  PreTokenGenerationV2TriggerEvent,
  PreTokenGenerationV3TriggerEvent,
  UserMigrationTriggerEvent,
  VerifyAuthChallengeResponseTriggerEvent,
} from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isJsonObject } from '../shared/json-values.js';
import { directInvocation } from './direct-invocation.js';
import { soleResult } from './outcomes.js';

/** The events of a user pool's triggers, by what `triggerSource` begins with. */
export interface CognitoTriggerEvents {
  PreSignUp: PreSignUpTriggerEvent;
  PostConfirmation: PostConfirmationTriggerEvent;
  PreAuthentication: PreAuthenticationTriggerEvent;
  PostAuthentication: PostAuthenticationTriggerEvent;
  CustomMessage: CustomMessageTriggerEvent;
  DefineAuthChallenge: DefineAuthChallengeTriggerEvent;
  CreateAuthChallenge: CreateAuthChallengeTriggerEvent;
  VerifyAuthChallengeResponse: VerifyAuthChallengeResponseTriggerEvent;
  TokenGeneration: PreTokenGenerationTriggerEvent | PreTokenGenerationV2TriggerEvent | PreTokenGenerationV3TriggerEvent;
  UserMigration: UserMigrationTriggerEvent;
  InboundFederation: InboundFederationTriggerEvent;
  CustomEmailSender: CustomEmailSenderTriggerEvent;
  CustomSMSSender: CustomSMSSenderTriggerEvent;
}

/** A trigger of a user pool, by what its `triggerSource` begins with. */
export type CognitoTrigger = keyof CognitoTriggerEvents;

const TRIGGERS: readonly string[] = [
  'PreSignUp',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'CustomMessage',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'TokenGeneration',
  'UserMigration',
  'InboundFederation',
  'CustomEmailSender',
  'CustomSMSSender',
] satisfies CognitoTrigger[];

/**
 * For `@OnEvent`: the triggers of a Cognito user pool, which want the event back, with its `response` filled in.
 *
 * @param trigger Only this one; `PreSignUp` takes `PreSignUp_SignUp` and its like. All of them unless given.
 * @throws BootstrapError for a trigger that there is not, which no event would ever be.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export function isCognitoTrigger<T extends CognitoTrigger = CognitoTrigger>(
  trigger?: T,
): (event: unknown) => event is CognitoTriggerEvents[T] {
  if (trigger !== undefined && !TRIGGERS.includes(trigger)) {
    throw new BootstrapError(
      `isCognitoTrigger: there is no trigger ${describeValue(trigger)}; it takes ${TRIGGERS.join(', ')}.`,
    );
  }
  return (event): event is CognitoTriggerEvents[T] => {
    if (!isJsonObject(event) || typeof event['userPoolId'] !== 'string' || typeof event['triggerSource'] !== 'string')
      return false;
    return trigger === undefined || event['triggerSource'].startsWith(`${trigger}_`);
  };
}

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
 * @throws TypeError for a result without a response, which Cognito would refuse as well.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
function encodeTrigger(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: TriggerEvent): unknown {
  const value = soleResult(outcomes) ?? event;
  if (value === event || (isJsonObject(value) && isJsonObject(value['response']))) return value;
  throw new TypeError(
    `A trigger of Cognito returns nothing, or its event with a response, not ${describeValue(value)}`,
  );
}
