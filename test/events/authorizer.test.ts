import { createApp } from '../application/create-app.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { OnAuthorize, OnWebSocket } from '../../src/decorators/consumers.js';
import { Controller } from '../../src/decorators/controller.js';
import { All } from '../../src/decorators/routes.js';
import { ForbiddenException, InternalServerErrorException, UnauthorizedException } from '../../src/errors/exceptions.js';
import { allRoutes, authorizerPolicy, type AuthorizerPolicyOptions } from '../../src/events/authorizer/policy.js';
import { events } from '../../src/testing/events.js';

const request = { url: '/orders/7', headers: { Authorization: 'Bearer t' } };
const policyQuestions = {
  token: () => events.authorizerToken({ path: '/orders/7' }),
  request: () => events.authorizerRequest(request),
  'format 1.0 of an HTTP API': () => ({ version: '1.0', ...events.authorizerRequest(request), identitySource: 'Bearer t', authorizationToken: 'Bearer t' }),
};
const simpleQuestions = {
  'format 2.0 of an HTTP API': () => events.authorizerV2(request),
  AppSync: () => events.authorizerAppSync(),
};
const questions: [string, () => object][] = [...Object.entries(policyQuestions), ...Object.entries(simpleQuestions)];
const methodArn = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders/7';

for (const [name, build] of questions) {
  const event = JSON.parse(JSON.stringify(build())) as unknown;
  describeInvocationSource({
    name: `an authorizer: ${name}`,
    source: 'authorizer',
    decorator: OnAuthorize(),
    elsewhere: OnWebSocket('$connect'),
    event: () => event,
    body: event,
    nothing: undefined,
  });
}

const ask = (event: object, handle: () => unknown) => invoke(consumerApp(OnAuthorize(), handle), event);

describe('authorizers', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  describe.each(Object.entries(policyQuestions))('asked for a policy: %s', (_, event) => {
    it.each([[true, 'Allow'], [false, 'Deny']])('answer %s for the method that was asked for: %s', async (allowed, Effect) => {
      await expect(ask(event(), () => allowed)).resolves.toEqual({
        principalId: 'user',
        policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: [methodArn] }] },
      });
    });

    it('answer 401 by the very message that API Gateway looks for', async () => {
      const cause = new UnauthorizedException('The token is out of date');
      const error: unknown = await ask(event(), () => Promise.reject(cause)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: 'Unauthorized', name: 'Error', cause });
    });

    it('answer 403 for a ForbiddenException', async () => {
      await expect(ask(event(), () => Promise.reject(new ForbiddenException()))).resolves.toMatchObject({
        policyDocument: { Statement: [{ Effect: 'Deny' }] },
      });
    });
  });

  describe.each(Object.entries(simpleQuestions))('asked for yes or no: %s', (_, event) => {
    it.each([[true], [false]])('answer %s', async (isAuthorized) => {
      await expect(ask(event(), () => isAuthorized)).resolves.toEqual({ isAuthorized });
    });

    it.each([[new UnauthorizedException()], [new ForbiddenException()]])('answer no for %s', async (error) => {
      await expect(ask(event(), () => Promise.reject(error))).resolves.toEqual({ isAuthorized: false });
    });
  });

  describe.each(questions)('%s', (_, event) => {
    it('may answer with an object of their own', async () => {
      const answer = { isAuthorized: true, context: { tenant: 'acme' } };
      await expect(ask(event(), () => answer)).resolves.toEqual(answer);
    });

    it.each([[undefined], [null], ['yes'], [1], [[]]])('let nobody in by %p', async (value) => {
      await expect(ask(event(), () => value)).rejects.toThrow('An authorizer answers with true, false or an object');
    });

    it('let nobody in by any other exception', async () => {
      await expect(ask(event(), () => Promise.reject(new InternalServerErrorException()))).rejects.toMatchObject({ statusCode: 500 });
    });

    it('are never answered by a route', async () => {
      @Controller()
      class Routes {
        @All('{rest+}') all() { return { isAuthorized: true }; }
      }
      await expect(invoke(createApp({ controllers: [Routes] }), event())).rejects.toThrow('No consumer takes this authorizer record');
    });
  });
});

describe('authorizerPolicy', () => {
  it('has what it was given', () => {
    const policy = authorizerPolicy({
      principalId: 'ada',
      effect: 'Deny',
      resources: ['arn:a', 'arn:b'],
      context: { tenant: 'acme', level: 3, admin: false },
      usageIdentifierKey: 'key',
    });
    expect(policy).toEqual({
      principalId: 'ada',
      policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: ['arn:a', 'arn:b'] }] },
      context: { tenant: 'acme', level: 3, admin: false },
      usageIdentifierKey: 'key',
    });
  });

  it('refuses a context that API Gateway would answer 500 for', () => {
    const context = { roles: ['admin'] } as unknown as AuthorizerPolicyOptions['context'];
    expect(() => authorizerPolicy({ principalId: 'ada', resources: 'arn:a', context })).toThrow('context.roles is an object');
  });

  it('refuses to be about nothing', () => {
    expect(() => authorizerPolicy({ principalId: 'ada', resources: [] })).toThrow('resources is empty');
  });

  it.each([
    [methodArn, 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*'],
    ['arn:aws:execute-api:us-east-1:1:api/$default/GET/', 'arn:aws:execute-api:us-east-1:1:api/$default/*'],
    ['arn:aws:execute-api:us-east-1:1:api', 'arn:aws:execute-api:us-east-1:1:api/*/*'],
  ])('makes all routes of the stage out of %s', (arn, all) => expect(allRoutes(arn)).toBe(all));
});
