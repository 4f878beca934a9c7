import fc from 'fast-check';
import { OnAuthorize, OnWebSocket } from '../../src/decorators/consumers.js';
import { All, Controller } from '../../src/decorators/routes.js';
import {
  ForbiddenException,
  InternalServerErrorException,
  UnauthorizedException,
} from '../../src/errors/exceptions.js';
import {
  allowedRoutes,
  allRoutes,
  authorizerPolicy,
  type AuthorizerPolicyOptions,
  policyText,
  thisRoute,
} from '../../src/events/results/authorizer-policy.js';
import { events } from '../../src/testing/events.js';
import { createApp } from '../application/create-app.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

const request = { url: '/orders/7', headers: { Authorization: 'Bearer t' } };
const policyQuestions = {
  token: () => events.authorizerToken({ path: '/orders/7' }),
  request: () => events.authorizerRequest(request),
  'format 1.0 of an HTTP API': () => ({
    version: '1.0',
    ...events.authorizerRequest(request),
    identitySource: 'Bearer t',
    authorizationToken: 'Bearer t',
  }),
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

  describe.each(Object.entries(policyQuestions))('that return a policy: %s', (_, event) => {
    it.each([
      [true, 'Allow'],
      [false, 'Deny'],
    ])('answer %s for the method that was asked for: %s', async (allowed, Effect) => {
      await expect(ask(event(), () => allowed)).resolves.toEqual({
        principalId: 'user',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: [methodArn] }],
        },
      });
    });

    it('respond with 401 by the exact message that API Gateway compares', async () => {
      const cause = new UnauthorizedException('The token is out of date');
      const error: unknown = await ask(event(), () => Promise.reject(cause)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: 'Unauthorized', name: 'Error', cause });
    });

    it('respond with 403 to a ForbiddenException', async () => {
      await expect(ask(event(), () => Promise.reject(new ForbiddenException()))).resolves.toMatchObject({
        policyDocument: { Statement: [{ Effect: 'Deny' }] },
      });
    });
  });

  describe.each(Object.entries(simpleQuestions))('that return yes or no: %s', (_, event) => {
    it.each([[true], [false]])('return %s', async (isAuthorized) => {
      await expect(ask(event(), () => isAuthorized)).resolves.toEqual({ isAuthorized });
    });

    it.each([[new UnauthorizedException()], [new ForbiddenException()]])('return no for %s', async (error) => {
      await expect(ask(event(), () => Promise.reject(error))).resolves.toEqual({ isAuthorized: false });
    });
  });

  describe.each(questions)('%s', (_, event) => {
    it('may return an object of their own', async () => {
      const answer = { isAuthorized: true, context: { tenant: 'acme' } };
      await expect(ask(event(), () => answer)).resolves.toEqual(answer);
    });

    it.each([[undefined], [null], ['yes'], [1], [[]]])('allow no caller when the method returns %p', async (value) => {
      await expect(ask(event(), () => value)).rejects.toThrow('An authorizer must return true, false or an object');
    });

    it('allow no caller on any other exception', async () => {
      await expect(ask(event(), () => Promise.reject(new InternalServerErrorException()))).rejects.toMatchObject({
        statusCode: 500,
      });
    });

    it('never reach a route', async () => {
      @Controller()
      class Routes {
        @All('{rest+}') all() {
          return { isAuthorized: true };
        }
      }
      await expect(invoke(createApp({ controllers: [Routes] }), event())).rejects.toThrow(
        'No consumer takes this authorizer record',
      );
    });
  });
});

/**
 * Whether an IAM policy lets a request pass, patterns and escapes as IAM has them; without escapes where a service
 * knows none.
 */
function allows(policy: unknown, arn: string, knowsEscapes: boolean): boolean {
  const { policyDocument } = policy as {
    policyDocument: { Statement: { Effect: string; Resource: string | string[] }[] };
  };
  const matching = policyDocument.Statement.filter(({ Resource }) =>
    [Resource].flat().some((pattern) => patternOf(pattern, knowsEscapes).test(arn)),
  );
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

function patternOf(resource: string, knowsEscapes: boolean): RegExp {
  const source = resource.replaceAll(/\$\{([*?$])\}|[*?]|[^*?]/g, (text, escaped: string | undefined) => {
    if (escaped !== undefined && knowsEscapes) return `\\${escaped}`;
    return text.replaceAll(/[*?]|\W/g, (each) => (each === '*' ? '.*' : each === '?' ? '.' : `\\${each}`));
  });
  return new RegExp(`^${source}$`);
}

const arnOf = (path: string, method = 'GET') =>
  `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/${method}${path}`;

const statement = (Resource: string | string[]) => ({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource });
const written = (Statement: object) => ({ principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement } });

describe('a path of a caller’s', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  const PATTERNS = [
    '/users/*',
    '/*',
    '/users/?',
    '/users/7*',
    '/*/7',
    '/users/${aws:username}',
    '/users/${*}',
    '/us?rs/7',
    '/**',
    '/users/$${x}',
  ];
  const OTHERS = ['/users/7', '/users/8', '/admin', '/', '/users/77', '/users/7/secrets', '/users/ada'].map((path) =>
    arnOf(path),
  );

  it.each(PATTERNS)('is no pattern where a method says true to %s', async (path) => {
    const question = events.authorizerToken({ path });
    const policy = await ask(question, () => true);
    for (const knowsEscapes of [true, false])
      expect(OTHERS.filter((arn) => allows(policy, arn, knowsEscapes))).toEqual([]);
    expect(policy).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } });
  });

  it.each(PATTERNS)('is no pattern where a method says false to %s', async (path) => {
    const { policyDocument } = (await ask(events.authorizerToken({ path }), () => false)) as ReturnType<
      typeof authorizerPolicy
    >;
    const [only] = policyDocument.Statement as unknown as [{ Resource: string[] }];
    expect(OTHERS.filter((arn) => patternOf(only.Resource[0]!, true).test(arn))).toEqual([]);
  });

  const WRITTEN: Record<string, (arn: string) => string> = {
    'as it is': (arn) => arn,
    'for every method': (arn) => arn.replace('/GET/', '/*/'),
    'with all below it': (arn) => `${arn}/*`,
    'as a beginning': (arn) => `${arn}*`,
    'in every stage': (arn) => arn.replace('/prod/', '/*/'),
  };
  const MADE: Record<string, (resource: string) => unknown> = {
    authorizerPolicy: (resource) => authorizerPolicy({ principalId: 'ada', resources: ['arn:a', resource] }),
    'a policy of its own': (resource) => written([statement('arn:a'), statement(resource)]),
    'a single statement': (resource) => written(statement([resource])),
  };
  const ways = Object.keys(WRITTEN).flatMap((way) => Object.keys(MADE).map((made) => [way, made] as const));

  describe.each(ways)('is refused %s, in %s', (way, made) => {
    it.each(PATTERNS)('%s', async (path) => {
      const arn = arnOf(path);
      const asked = [
        events.authorizerToken({ path }),
        { ...events.authorizerRequest(request), methodArn: arn },
        { ...events.authorizerV2(request), routeArn: arn },
      ];
      for (const question of asked)
        await expect(ask(question, () => MADE[made]!(WRITTEN[way]!(arn)))).rejects.toThrow(
          /Use thisRoute\(event\.methodArn\)/,
        );
    });
  });

  it.each(PATTERNS)('is allowed by a policy that names more, or only this path: %s', async (path) => {
    const question = events.authorizerToken({ path });
    const all = await ask(question, () =>
      authorizerPolicy({ principalId: 'ada', resources: allRoutes(question.methodArn) }),
    );
    expect(allows(all, question.methodArn, true)).toBe(true);
    const one = await ask(question, () =>
      authorizerPolicy({ principalId: 'ada', resources: thisRoute(question.methodArn) }),
    );
    expect(allows(one, question.methodArn, true)).toBe(true);
    for (const knowsEscapes of [true, false])
      expect(OTHERS.filter((arn) => allows(one, arn, knowsEscapes))).toEqual([]);
  });

  it('is named as it is where it has no pattern', () => {
    expect(thisRoute(arnOf('/users/7$x'))).toBe(arnOf('/users/7$x'));
    expect(thisRoute('arn:aws:execute-api:us-east-1:1:a/prod/$connect')).toBe(
      'arn:aws:execute-api:us-east-1:1:a/prod/$connect',
    );
  });
});

describe('allowedRoutes', () => {
  it('names routes of the stage, whichever was requested', () => {
    const routes = allowedRoutes(
      arnOf('/orders/7'),
      'GET /orders/{id}',
      '* /reports/*',
      'ANY /me',
      `POST /users/${policyText('*')}/orders`,
    );
    expect(routes).toEqual([
      arnOf('/orders/*'),
      arnOf('/reports/*', '*'),
      arnOf('/me', '*'),
      arnOf('/users/${*}/orders', 'POST'),
    ]);
    const policy = authorizerPolicy({ principalId: 'ada', resources: routes });
    expect(
      [arnOf('/orders/8'), arnOf('/me', 'PUT'), arnOf('/users/ada/orders', 'POST')].map((arn) =>
        allows(policy, arn, true),
      ),
    ).toEqual([true, true, false]);
  });

  it('takes no character of a claim for a pattern or a parameter', () => {
    const text = fc.string({ unit: fc.constantFrom('*', '?', '$', '{', '}', 'x', '0'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, text, (claim, other) => {
        const [resource] = allowedRoutes(arnOf('/'), `GET /users/${policyText(claim)}/{id}`) as [string];
        const policies = [
          authorizerPolicy({ principalId: 'a', resources: resource }),
          authorizerPolicy({ principalId: 'a', resources: `${arnOf('/users/')}${policyText(claim)}/*` }),
        ];
        for (const policy of policies) {
          expect(allows(policy, arnOf(`/users/${claim}/1`), true)).toBe(true);
          expect(allows(policy, arnOf(`/users/${other}/1`), true)).toBe(claim === other);
        }
      }),
      {
        examples: [
          ['{x}', 'ada'],
          ['${x}', '${$}y'],
          ['{{x}}', '{y}'],
        ],
      },
    );
  });

  it.each(['/orders', 'GET orders', 'get /orders', 'GET  /orders', 'GET /a b', ''])('refuses %j', (route) => {
    expect(() => allowedRoutes(arnOf('/'), route)).toThrow("write a method and a path, as in 'GET /orders/{id}'");
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
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: ['arn:a', 'arn:b'] }],
      },
      context: { tenant: 'acme', level: 3, admin: false },
      usageIdentifierKey: 'key',
    });
  });

  it('refuses a context to which API Gateway would respond with 500', () => {
    const context = { roles: ['admin'] } as unknown as AuthorizerPolicyOptions['context'];
    expect(() => authorizerPolicy({ principalId: 'ada', resources: 'arn:a', context })).toThrow(
      'context.roles is an object',
    );
  });

  it('refuses to be about nothing', () => {
    expect(() => authorizerPolicy({ principalId: 'ada', resources: [] })).toThrow('resources is empty');
    expect(() => authorizerPolicy({ principalId: 'ada' } as never)).toThrow(
      'resources is undefined; it takes text, or a list',
    );
    expect(() => authorizerPolicy({ resources: 'arn:a' } as never)).toThrow('principalId is undefined; it takes text');
    // Of somebody who is not known to be allowed anything.
    expect(() => authorizerPolicy({ principalId: 'ada', resources: 'arn:a', effect: undefined } as never)).toThrow(
      'effect is undefined; it takes Allow or Deny',
    );
  });

  it.each([
    [methodArn, 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*'],
    ['arn:aws:execute-api:us-east-1:1:api/$default/GET/', 'arn:aws:execute-api:us-east-1:1:api/$default/*'],
    ['arn:aws:execute-api:us-east-1:1:api', 'arn:aws:execute-api:us-east-1:1:api/*/*'],
  ])('makes all routes of the stage out of %s', (arn, all) => expect(allRoutes(arn)).toBe(all));
});
