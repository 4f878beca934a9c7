import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type {
  AppSyncResolverEvent,
  CloudFormationCustomResourceEvent,
  CloudWatchLogsEvent,
  IoTCustomAuthorizerEvent,
  SESEvent,
} from 'aws-lambda';
import { OnEvent } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body } from '../../src/decorators/parameters.js';
import { isAppSyncBatch, isAppSyncResolver } from '../../src/events/appsync.js';
import { decodeCloudWatchLogs, isCloudWatchLogs } from '../../src/events/cloudwatch-logs.js';
import { type CognitoTrigger, type CognitoTriggerEvents, isCognitoTrigger } from '../../src/events/cognito.js';
import { respondToCustomResource } from '../../src/events/custom-resource.js';
import { isCustomResource } from '../../src/events/custom-resource/is-custom-resource.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import { isIotAuthorizer } from '../../src/events/iot-authorizer.js';
import { isSes } from '../../src/events/ses.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { Test } from '../../src/testing/testing-module-builder.js';

const TRIGGERS: CognitoTrigger[] = [
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

const predicates = {
  isAppSyncBatch: isAppSyncBatch(),
  isAppSyncResolver: isAppSyncResolver(),
  isCloudWatchLogs,
  isCognitoTrigger: isCognitoTrigger(),
  isCustomResource,
  isIotAuthorizer,
  isSes,
};
const built: Readonly<Record<string, [event: unknown, predicate: keyof typeof predicates]>> = {
  cognito: [events.cognito('PreSignUp'), 'isCognitoTrigger'],
  appSync: [events.appSync('Query', 'order'), 'isAppSyncResolver'],
  cloudWatchLogs: [events.cloudWatchLogs(), 'isCloudWatchLogs'],
  ses: [events.ses(), 'isSes'],
  customResource: [events.customResource(), 'isCustomResource'],
  iotAuthorizer: [events.iotAuthorizer(), 'isIotAuthorizer'],
};

describe('built events of triggers', () => {
  it.each(Object.entries(built))('%s are taken by their own predicate, and by no source', (_, [event, expected]) => {
    const sent: unknown = JSON.parse(JSON.stringify(event));
    const taken = Object.entries(predicates)
      .filter(([, predicate]) => predicate(sent))
      .map(([name]) => name);
    expect([taken, detectHttpAdapter(sent), detectRecordAdapters(sent)]).toEqual([[expected], undefined, []]);
  });

  it.each(TRIGGERS)('cognito makes the event of %s, with a user and a response to fill in', (trigger) => {
    const event = events.cognito(trigger, { userName: 'grace' });
    expect(TRIGGERS.filter((one) => isCognitoTrigger(one)(event))).toEqual([trigger]);
    expect(event).toMatchObject({
      version: '1',
      userName: 'grace',
      request: expect.any(Object),
      response: expect.any(Object),
    });
  });

  it('cognito takes the occasion and what is in the request, and gives each event a response of its own', () => {
    const event = events.cognito('PreSignUp', {
      triggerSource: 'PreSignUp_AdminCreateUser',
      request: { userAttributes: { email: 'b@example.com' } },
    });
    event.response.autoConfirmUser = true;
    events.cognito('PostConfirmation').request.userAttributes['email'] = 'c@example.com';
    expect(event).toMatchObject({
      triggerSource: 'PreSignUp_AdminCreateUser',
      request: { userAttributes: { email: 'b@example.com' }, validationData: null },
    });
    expect(events.cognito('PreSignUp')).toMatchObject({
      request: { userAttributes: { email: 'ada@example.com' } },
      response: { autoConfirmUser: false },
    });
  });

  it('a list of appSync is the event of a batch', () => {
    const batch = ['a', 'b'].map((id) => events.appSync('Order', 'lines', { source: { id } }));
    expect([isAppSyncBatch('Order', 'lines')(batch), batch.map(({ source }) => source.id)]).toEqual([true, ['a', 'b']]);
  });

  it('customResource has what CloudFormation sends for each kind of request', () => {
    const update = events.customResource('Update', {
      properties: { Size: '2' },
      oldProperties: { Size: '1' },
      physicalResourceId: 'r7',
    });
    expect(update).toMatchObject({
      PhysicalResourceId: 'r7',
      ResourceProperties: { Size: '2' },
      OldResourceProperties: { Size: '1' },
    });
    expect(events.customResource('Delete').PhysicalResourceId).toBe('resource-1');
    expect(Object.keys(events.customResource())).not.toEqual(expect.arrayContaining(['PhysicalResourceId']));
    expect('OldResourceProperties' in events.customResource('Delete')).toBe(false);
  });
});

describe('an application under test', () => {
  @Injectable()
  class Triggers {
    @OnEvent(isCognitoTrigger('TokenGeneration'))
    claims(@Body() event: CognitoTriggerEvents['TokenGeneration']) {
      return { ...event, response: { claimsOverrideDetails: { claimsToSuppress: ['email'] } } };
    }

    @OnEvent(isAppSyncResolver('Query', 'order'))
    order(@Body() { arguments: { id }, request }: AppSyncResolverEvent<{ id: string }>) {
      return { id, from: request.headers['x-from'] };
    }

    @OnEvent(isCloudWatchLogs)
    async lines(@Body() event: CloudWatchLogsEvent) {
      const { logGroup, logEvents } = await decodeCloudWatchLogs(event);
      return [logGroup, ...logEvents.map(({ message }) => message)];
    }

    @OnEvent(isSes)
    mail(@Body() event: SESEvent) {
      const [{ ses }] = event.Records as [SESEvent['Records'][0]];
      return ses.receipt.spamVerdict.status === 'FAIL' ? { disposition: 'STOP_RULE' } : ses.mail.commonHeaders.subject;
    }

    @OnEvent(isIotAuthorizer)
    device(@Body() { token, protocolData: { mqtt } }: IoTCustomAuthorizerEvent) {
      return { isAuthenticated: token === 'abc', password: Buffer.from(mqtt?.password ?? '', 'base64').toString() };
    }

    @OnEvent(isCustomResource)
    resource(@Body() event: CloudFormationCustomResourceEvent) {
      return respondToCustomResource(event, () => ({ data: { Name: event.ResourceProperties['Name'] as string } }));
    }
  }

  const send = async (event: unknown): Promise<unknown> => {
    await using app = await Test.createTestingModule({ providers: [Triggers] }).compile();
    return await app.handler(event, fakeContext());
  };

  it('takes each of them', async () => {
    expect(await send(events.cognito('TokenGeneration'))).toMatchObject({
      response: { claimsOverrideDetails: { claimsToSuppress: ['email'] } },
    });
    expect(
      await send(events.appSync('Query', 'order', { arguments: { id: 'o1' }, headers: { 'x-from': 'a' } })),
    ).toEqual({ id: 'o1', from: 'a' });
    expect(await send(events.cloudWatchLogs('group', ['text', { level: 'info' }]))).toEqual([
      'group',
      'text',
      '{"level":"info"}',
    ]);
    expect([await send(events.ses({ subject: 'Hi' })), await send(events.ses({ verdict: 'FAIL' }))]).toEqual([
      'Hi',
      { disposition: 'STOP_RULE' },
    ]);
    expect(await send(events.iotAuthorizer({ token: 'abc', password: 'secret' }))).toEqual({
      isAuthenticated: true,
      password: 'secret',
    });
  });

  it('answers a custom resource at the URL that a test names', async () => {
    let answer: unknown;
    const server = createServer(async (request, response) => {
      answer = await json(request);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const responseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await send(events.customResource('Create', { properties: { Name: 'orders' }, responseUrl }));
    server.close();
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Name: 'orders' } });
  });
});

describe('The time of an event', () => {
  it.each([['2026-03-03T00:10:00Z'], [new Date('2026-03-03T00:10:00.500Z')]])('is what is given: %j', (time) => {
    expect(events.schedule({ rule: 'nightly', time }).time).toBe('2026-03-03T00:10:00Z');
    expect(events.schedule({ input: { of: 'day' }, time })).toMatchObject({
      time: '2026-03-03T00:10:00Z',
      detail: { of: 'day' },
    });
    expect(events.eventBridge({ time }).time).toBe('2026-03-03T00:10:00Z');
  });

  it('is now by default, without milliseconds', () => {
    jest.useFakeTimers({ now: new Date('2026-03-03T00:10:00.500Z') });
    try {
      for (const { time } of [events.schedule(), events.eventBridge()]) expect(time).toBe('2026-03-03T00:10:00Z');
    } finally {
      jest.useRealTimers();
    }
  });
});
