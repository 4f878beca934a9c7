import type { CognitoTrigger, CognitoTriggerEvents } from '../events/cognito.js';

/** The parts of a user pool trigger's event that matter to tests. */
export interface CognitoSample<T extends CognitoTrigger> {
  /** The occasion, such as `PreSignUp_AdminCreateUser`. Default: the trigger's most common one. */
  triggerSource?: CognitoTriggerEvents[T]['triggerSource'];
  /** Default: `ada`. */
  userName?: string;
  /** Merged into a request with the user's attributes. */
  request?: Partial<CognitoTriggerEvents[T]['request']>;
}

/** Builds the event of a user pool trigger, with an empty `response`; for `TokenGeneration`, in version 1. */
export function sampleCognito<T extends CognitoTrigger>(
  trigger: T,
  sample: CognitoSample<T> = {},
): CognitoTriggerEvents[T] {
  const [occasion, request, response] = TRIGGERS[trigger];
  const { triggerSource = `${trigger}_${occasion}`, userName = 'ada' } = sample;
  const event = {
    version: '1',
    region: 'eu-central-1',
    userPoolId: 'eu-central-1_A1b2C3d4E',
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: '1example23456789' },
    triggerSource,
    request: { ...request, ...sample.request },
    response,
  };
  // Each event gets its own copies, because triggers write into them.
  return JSON.parse(JSON.stringify(event)) as CognitoTriggerEvents[T];
}

const userAttributes = { sub: '9f1c7a4e-2b1d-4c52-8a0b-0d1f6f3f7c11', email: 'ada@example.com' };
const user = { userAttributes };
const message = { ...user, codeParameter: '{####}', linkParameter: '{##Click Here##}', usernameParameter: null };
const federated = { providerName: 'Example', providerType: 'OIDC', attributes: { idToken: userAttributes } };
const code = { ...user, code: 'AYADeEncryptedCode' };

/** For each trigger, the occasion, the request and the empty response. */
const TRIGGERS: Readonly<Record<CognitoTrigger, readonly [occasion: string, request: object, response: object]>> = {
  PreSignUp: [
    'SignUp',
    { ...user, validationData: null },
    { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  ],
  PostConfirmation: ['ConfirmSignUp', user, {}],
  PreAuthentication: ['Authentication', { ...user, validationData: null }, {}],
  PostAuthentication: ['Authentication', { ...user, newDeviceUsed: false }, {}],
  CustomMessage: ['SignUp', message, { smsMessage: null, emailMessage: null, emailSubject: null }],
  DefineAuthChallenge: [
    'Authentication',
    { ...user, session: [] },
    { challengeName: null, issueTokens: null, failAuthentication: null },
  ],
  CreateAuthChallenge: [
    'Authentication',
    { ...user, challengeName: 'CUSTOM_CHALLENGE', session: [] },
    { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  ],
  VerifyAuthChallengeResponse: [
    'Authentication',
    { ...user, privateChallengeParameters: {}, challengeAnswer: '' },
    { answerCorrect: null },
  ],
  TokenGeneration: [
    'Authentication',
    { ...user, groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null } },
    { claimsOverrideDetails: null },
  ],
  UserMigration: [
    'Authentication',
    { password: 'a password', validationData: null },
    {
      userAttributes: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
      forceAliasCreation: null,
    },
  ],
  InboundFederation: ['ExternalProvider', federated, { userAttributesToMap: {} }],
  CustomEmailSender: ['SignUp', { ...code, type: 'customEmailSenderRequestV1' }, {}],
  CustomSMSSender: ['SignUp', { ...code, type: 'customSMSSenderRequestV1' }, {}],
};
