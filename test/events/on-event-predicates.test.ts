import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Exclude } from 'class-transformer';
import { OnEvent } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import { isAppSyncBatch, isAppSyncResolver } from '../../src/events/appsync.js';
import { isCloudWatchLogs } from '../../src/events/cloudwatch-logs.js';
import { type CognitoTrigger, type CognitoTriggerEvents, isCognitoTrigger } from '../../src/events/cognito.js';
import { isCustomResource } from '../../src/events/custom-resource/is-custom-resource.js';
import { isIotAuthorizer } from '../../src/events/iot-authorizer.js';
import { isSes } from '../../src/events/ses.js';
import { createApp } from '../application/create-app.js';
import { invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

const ugly = [
  undefined,
  null,
  0,
  '',
  'x',
  [],
  [null],
  {},
  { Records: null },
  { Records: [] },
  { Records: [null] },
  { info: null, arguments: {} },
];
const predicates = {
  isAppSyncBatch: isAppSyncBatch(),
  isAppSyncResolver: isAppSyncResolver(),
  isCloudWatchLogs,
  isCognitoTrigger: isCognitoTrigger(),
  isCustomResource,
  isIotAuthorizer,
  isSes,
};

const signUp = { triggerSource: 'PreSignUp_SignUp', userPoolId: 'eu_1', response: { autoConfirmUser: false } };

function resolverEvent(parentTypeName: string, fieldName: string, args = {}) {
  return {
    arguments: args,
    source: null,
    request: { headers: {} },
    info: { parentTypeName, fieldName, selectionSetList: [] },
    stash: {},
  };
}

describe('predicates for @OnEvent', () => {
  it.each(Object.entries(predicates))('%s says no to what is nothing', (_, predicate) => {
    expect(ugly.filter((event) => predicate(event))).toEqual([]);
  });

  it('isCognitoTrigger tells triggers by what they begin with', () => {
    const triggers: CognitoTrigger[] = ['PreSignUp', 'PostConfirmation', 'TokenGeneration', 'CustomMessage'];
    expect(triggers.filter((trigger) => isCognitoTrigger(trigger)(signUp))).toEqual(['PreSignUp']);
    expect(isCognitoTrigger('PreSignUp')({ ...signUp, triggerSource: 'PreSignUpX_SignUp' })).toBe(false);
    expect(isCognitoTrigger()({ ...signUp, userPoolId: undefined })).toBe(false);
  });

  it('isAppSyncResolver tells resolvers by type and field', () => {
    const event = resolverEvent('Query', 'order');
    expect(
      [isAppSyncResolver(), isAppSyncResolver('Query'), isAppSyncResolver('Query', 'order')].map((is) => is(event)),
    ).toEqual([true, true, true]);
    expect([isAppSyncResolver('Mutation'), isAppSyncResolver('Query', 'orders')].map((is) => is(event))).toEqual([
      false,
      false,
    ]);
  });

  it('isAppSyncBatch takes lists of one field', () => {
    const batch = [resolverEvent('Order', 'lines'), resolverEvent('Order', 'lines')];
    expect([
      isAppSyncBatch('Order', 'lines')(batch),
      isAppSyncBatch('Order', 'total')(batch),
      isAppSyncResolver()(batch),
    ]).toEqual([true, false, false]);
    expect(isAppSyncBatch()([...batch, {}])).toBe(false);
  });
});

describe('triggers', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  class Order {
    @Exclude() margin = 0.5;
  }

  class Triggers {
    @OnEvent(isCognitoTrigger('PreSignUp'))
    confirm(@Body() event: CognitoTriggerEvents['PreSignUp']) {
      event.response.autoConfirmUser = true;
      return event;
    }

    @OnEvent(isAppSyncResolver('Query', 'order'))
    order(@Body('arguments') args: { id: number }) {
      if (args.id < 0) throw new RangeError('No such order');
      return Object.assign(new Order(), { id: args.id, total: 3 });
    }

    @OnEvent(isAppSyncBatch('Order', 'lines'))
    lines(@Body() events: readonly { arguments: { id: number } }[]) {
      return events.map((event) => [event.arguments.id]);
    }
  }

  const app = () => createApp({ controllers: [Triggers] });

  it('of Cognito get their event back', async () => {
    await expect(invoke(app(), signUp)).resolves.toEqual({ ...signUp, response: { autoConfirmUser: true } });
  });

  it('of AppSync get the value of the field as its class writes it, or the error', async () => {
    await expect(invoke(app(), resolverEvent('Query', 'order', { id: 7 }))).resolves.toEqual({ id: 7, total: 3 });
    await expect(invoke(app(), resolverEvent('Query', 'order', { id: -1 }))).rejects.toThrow(RangeError);
  });

  it('of AppSync with batching get a list', async () => {
    const batch = [1, 2].map((id) => resolverEvent('Order', 'lines', { id }));
    await expect(invoke(app(), batch)).resolves.toEqual([[1], [2]]);
  });

  it('without a consumer fail', async () => {
    await expect(invoke(app(), { ...signUp, triggerSource: 'PostConfirmation_ConfirmSignUp' })).rejects.toThrow(
      'No consumer takes this event',
    );
    await expect(invoke(app(), resolverEvent('Query', 'orders'))).rejects.toThrow('No consumer takes this event');
  });
});

interface Entry {
  file: string;
  kind: string;
}

const folder = join(__dirname, '../../../shared/events');
const present = existsSync(join(folder, 'INDEX.json'));

(present ? describe : describe.skip)("AWS's sample events (skipped where ../shared/events is absent)", () => {
  const entries = (present ? JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) : []) as Entry[];
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const taken = (predicate: (event: unknown) => boolean) =>
    entries.filter(({ file }) => predicate(read(file))).map(({ file }) => file);

  it('of Cognito user pools each match exactly one trigger', () => {
    const pools = entries
      .filter(({ file, kind }) => kind === 'cognito' && /userpool|user_pool/.test(file))
      .map(({ file }) => file);
    expect(pools.length).toBeGreaterThan(20);
    expect(taken(isCognitoTrigger())).toEqual(pools);
    const families: CognitoTrigger[] = [
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
    ];
    // Two of the samples name a trigger that Cognito doesn't have.
    const genuine = pools.filter((file) => (read(file) as { triggerSource: string }).triggerSource !== 'PreTokenGen');
    const counts = genuine.map((file) => families.filter((family) => isCognitoTrigger(family)(read(file))).length);
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  it.each([
    ['isAppSyncResolver', ['aws-sam-cli/appsync-resolver.json']],
    ['isCloudWatchLogs', ['aws-sam-cli/cloudwatch-logs.json']],
    [
      'isCustomResource',
      ['aws-lambda-java-libs/cloudformation_event.json', 'aws-sam-cli/cloudformation-create-request.json'],
    ],
    ['isIotAuthorizer', ['aws-lambda-go/iot-custom-auth-request.json']],
    [
      'isSes',
      ['lambda-event', 's3-event', 'sns-event']
        .map((name) => `aws-lambda-go/ses-${name}.json`)
        .concat('aws-sam-cli/ses-email-receiving.json'),
    ],
  ] as const)('%s takes %j, and nothing else', (name, files) => {
    expect(taken(predicates[name]).toSorted()).toEqual(files);
  });
});
