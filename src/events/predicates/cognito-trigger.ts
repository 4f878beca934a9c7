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
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { described } from '../../errors/yes-or-no.js';
import { isRecord } from '../is-record.js';

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
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 * @throws BootstrapError for a trigger that there is not, which no event would ever be.
 */
export function isCognitoTrigger<T extends CognitoTrigger = CognitoTrigger>(trigger?: T): (event: unknown) => event is CognitoTriggerEvents[T] {
  if (trigger !== undefined && !TRIGGERS.includes(trigger)) {
    throw new BootstrapError(
      `isCognitoTrigger: there is no trigger ${described(trigger)}; it takes ${TRIGGERS.join(', ')}.`,
    );
  }
  return (event): event is CognitoTriggerEvents[T] => {
    if (!isRecord(event) || typeof event['userPoolId'] !== 'string' || typeof event['triggerSource'] !== 'string') return false;
    return trigger === undefined || event['triggerSource'].startsWith(`${trigger}_`);
  };
}
