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
import { soleResult } from './results/batch-item-failures.js';

/** The events of a user pool's triggers, by the first part of `triggerSource`. */
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

/** A user pool trigger: the first part of its `triggerSource`. */
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
 * For `@OnEvent`: matches the triggers of a Cognito user pool, which expect the event back with its `response` filled
 * in.
 *
 * @param trigger `PreSignUp` matches `PreSignUp_SignUp` and the like. Default: all triggers.
 * @throws BootstrapError for an unknown trigger, which no event would ever match.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export function isCognitoTrigger<T extends CognitoTrigger = CognitoTrigger>(
  trigger?: T,
): (event: unknown) => event is CognitoTriggerEvents[T] {
  if (trigger !== undefined && !TRIGGERS.includes(trigger)) {
    throw new BootstrapError(
      `isCognitoTrigger: there is no trigger ${describeValue(trigger)}. Use one of ${TRIGGERS.join(', ')}.`,
    );
  }
  return (event): event is CognitoTriggerEvents[T] => {
    if (!isJsonObject(event) || typeof event['userPoolId'] !== 'string' || typeof event['triggerSource'] !== 'string')
      return false;
    return trigger === undefined || event['triggerSource'].startsWith(`${trigger}_`);
  };
}

type TriggerEvent = CognitoTriggerEvents[CognitoTrigger];

/** The triggers of a user pool. The user who signs in sees the errors. */
export const cognitoTrigger: RecordAdapter<TriggerEvent> = {
  ...directInvocation,
  showsErrors: true,
  detect: isCognitoTrigger(),
  encode: encodeTrigger,
};

/**
 * Returns the event with the `response` that the method has filled in.
 *
 * @throws TypeError for a result without a response, which Cognito would refuse too.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
function encodeTrigger(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: TriggerEvent): unknown {
  const value = soleResult(outcomes) ?? event;
  if (value === event || (isJsonObject(value) && isJsonObject(value['response']))) return value;
  throw new TypeError(
    `A Cognito trigger must return nothing, or its event with a response, not ${describeValue(value)}`,
  );
}
