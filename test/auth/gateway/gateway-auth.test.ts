import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { GatewayAuthModule, type GatewayAuthModuleOptions } from '../../../src/auth/gateway/gateway-auth-module.js';
import { gatewayIdentity } from '../../../src/auth/gateway/gateway-identity.js';
import { JwtModule } from '../../../src/auth/jwt/jwt-module.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { Request } from '../../../src/http/request/request.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject } from '../../../src/testing/inject.js';
import { TestIssuer } from '../../../src/testing/test-issuer.js';
import { createApp, SOURCES, type Source } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { Orders } from '../orders-controller.js';

let stdout: ReturnType<typeof captureStdout>;
beforeEach(() => {
  stdout = captureStdout();
});
afterEach(() => jest.restoreAllMocks());

const ALL = ['jwt', 'cognito', 'lambda', 'iam'] as const;

function appOf(options: Partial<GatewayAuthModuleOptions> = {}): LambdaApplication {
  return createApp(
    { imports: [GatewayAuthModule.forRoot({ authorizers: ALL, ...options })], controllers: [Orders] },
    { requestsVia: { sqs: ['requests'] } },
  );
}

/** An event whose request context has more members. */
function eventOf(source: Source, context: object, url = '/me'): { requestContext: object } {
  const event = events[source]({ url }) as unknown as { requestContext: object };
  return { ...event, requestContext: { ...event.requestContext, ...context } };
}

interface Answer {
  statusCode: number;
  body: string;
  headers: Record<string, string>;
}

async function ask(app: LambdaApplication, event: unknown): Promise<Answer> {
  return (await app.handler(event, fakeContext())) as Answer;
}

async function userOf(event: unknown, options: Partial<GatewayAuthModuleOptions> = {}): Promise<unknown> {
  const { statusCode, body } = await ask(appOf(options), event);
  return statusCode === 200 ? (JSON.parse(body) as unknown) : statusCode;
}

const IAM_V2 = {
  accessKey: 'ASIA',
  accountId: '123456789012',
  callerId: 'AIDA',
  userArn: 'arn:aws:iam::1:user/ann',
  userId: 'AIDA',
};
const IAM_V1 = {
  accessKey: 'ASIA',
  accountId: '123456789012',
  caller: 'AIDA',
  user: 'AIDA',
  userArn: 'arn:aws:iam::1:user/ann',
};

const lastOfArn = ({ userArn }: Readonly<Record<string, unknown>>) => [String(userArn).split('/').at(-1)!];

describe('The authorizer of a gateway names the caller', () => {
  it('JWT of an HTTP API', async () => {
    const claims = { sub: 'ann', roles: '[admin editor]', scope: 'a b', exp: '1893456000' };
    const user = { id: 'ann', method: 'jwt', roles: ['admin', 'editor'], scopes: ['a', 'b'], claims };
    expect(await userOf(eventOf('apiGatewayV2', { authorizer: { jwt: { claims, scopes: null } } }))).toEqual(user);
    expect(await userOf(eventOf('httpApiV1', { authorizer: { claims, scopes: ['a'] } }))).toEqual(user);
  });

  it('Cognito of a REST API', async () => {
    const claims = { sub: 'ann', 'cognito:groups': 'admin,editor', exp: 'Tue Jan 05 17:15:54 UTC 2027' };
    expect(await userOf(eventOf('apiGatewayV1', { authorizer: { claims } }))).toEqual({
      id: 'ann',
      method: 'cognito',
      roles: ['admin', 'editor'],
      scopes: [],
      claims,
    });
  });

  it('Lambda', async () => {
    const context = { principalId: 'ann', roles: 'admin, editor', scope: 'a b', integrationLatency: 5 };
    const user = { id: 'ann', method: 'lambda', roles: ['admin', 'editor'], scopes: ['a', 'b'], claims: context };
    expect(await userOf(eventOf('apiGatewayV1', { authorizer: context }))).toEqual(user);
    expect(await userOf(eventOf('httpApiV1', { authorizer: context }))).toEqual(user);
    expect(await userOf(eventOf('apiGatewayV2', { authorizer: { lambda: context } }))).toEqual(user);
    const named = eventOf('apiGatewayV2', { authorizer: { lambda: { account: 'a1', roles: ['x, y'] } } });
    expect(await userOf(named, { id: 'account' })).toMatchObject({ id: 'a1', roles: ['x, y'] });
  });

  it('IAM', async () => {
    const id = 'arn:aws:iam::1:user/ann';
    const user = { id, method: 'iam', roles: [], scopes: [] };
    expect(await userOf(eventOf('apiGatewayV2', { authorizer: { iam: IAM_V2 } }))).toMatchObject(user);
    expect(await userOf(eventOf('functionUrl', { authorizer: { iam: IAM_V2 } }))).toMatchObject(user);
    expect(await userOf(eventOf('apiGatewayV1', { identity: IAM_V1 }))).toMatchObject(user);
    expect(await userOf(eventOf('httpApiV1', { identity: IAM_V1 }))).toMatchObject(user);
    const named = { roles: lastOfArn };
    expect(await userOf(eventOf('apiGatewayV1', { identity: IAM_V1 }), named)).toMatchObject({ roles: ['ann'] });
    // No member of an IAM identity is a claim, whatever it is called.
    const alike = eventOf('apiGatewayV1', { identity: { ...IAM_V1, roles: ['admin'], scope: 'a' } });
    expect(await userOf(alike, { roles: 'userArn' })).toMatchObject(user);
  });
});

const CLAIMS = { sub: 'ann', roles: 'admin' };
const SAID = {
  jwt: { authorizer: { jwt: { claims: CLAIMS, scopes: [] } } },
  claims: { authorizer: { claims: CLAIMS, scopes: null } },
  lambda: { authorizer: { lambda: { principalId: 'ann' } } },
  context: { authorizer: { principalId: 'ann' } },
  iam: { authorizer: { iam: IAM_V2 } },
  identity: { identity: IAM_V1 },
};

/** Which of them each source has. */
const BELIEVED: Readonly<Record<Source, readonly (keyof typeof SAID)[]>> = {
  apiGatewayV1: ['claims', 'context', 'identity', 'jwt', 'lambda', 'iam'],
  httpApiV1: ['claims', 'context', 'identity', 'jwt', 'lambda', 'iam'],
  apiGatewayV2: ['jwt', 'lambda', 'iam'],
  functionUrl: ['iam'],
  alb: [],
  albMultiValue: [],
  latticeV1: [],
  latticeV2: [],
};

/** In payload 1.0 the context of a Lambda authorizer may have any members, but these name no caller. */
const NAMELESS: readonly string[] = ['jwt', 'lambda', 'iam'];

describe('Users of a Cognito identity pool', () => {
  // All of them have the ARN of one session of one role.
  const userArn = 'arn:aws:sts::1:assumed-role/Users/CognitoIdentityCredentials';
  const ofV1 = (id: unknown) => ({ identity: { ...IAM_V1, userArn, cognitoIdentityId: id } });
  const ofV2 = (identity: unknown) => ({ authorizer: { iam: { ...IAM_V2, userArn, cognitoIdentity: identity } } });
  const amr = ['authenticated'];

  it.each([
    ['apiGatewayV1', ofV1],
    ['httpApiV1', ofV1],
    ['apiGatewayV2', (identityId: unknown) => ofV2({ amr, identityId })],
  ] as const)('are told apart by their identity in %s', async (source, of) => {
    for (const id of ['eu-central-1:a', 'eu-central-1:b'])
      expect(await userOf(eventOf(source, of(id)))).toMatchObject({ id, method: 'iam' });
  });

  it.each([
    ['apiGatewayV1', ofV1(null)],
    ['apiGatewayV1', ofV1('')],
    ['apiGatewayV1', ofV1(['eu-central-1:a'])],
    ['httpApiV1', ofV1(undefined)],
    ['apiGatewayV2', ofV2(null)],
    ['apiGatewayV2', ofV2({ amr })],
    ['apiGatewayV2', ofV2({ amr, identityId: '' })],
    // A function URL does not report the identity, nor whether it is that of a guest.
    ['functionUrl', ofV2(null)],
  ] as const)('are nobody without an identity in %s', async (source, context) => {
    expect(await userOf(eventOf(source, context))).toBe(401);
    expect(stdout.text()).toContain('The IAM identity names no caller');
  });
});

describe.each(SOURCES)('Of an event of %s', (source) => {
  it.each(Object.keys(SAID) as (keyof typeof SAID)[])('%s is believed only where AWS writes it', async (what) => {
    const { statusCode } = await ask(appOf(), eventOf(source, SAID[what]));
    const isV1 = source === 'apiGatewayV1' || source === 'httpApiV1';
    const isBelieved = BELIEVED[source].includes(what) && !(isV1 && NAMELESS.includes(what));
    expect(statusCode).toBe(isBelieved ? 200 : 401);
  });

  it('nothing that a caller writes is believed', async () => {
    const headers = {
      'x-amzn-oidc-data': 'e30.e30.e30',
      'x-amzn-lattice-identity': 'Principal=arn:aws:iam::1:user/ann',
      'x-apigateway-event': encodeURIComponent(JSON.stringify({ requestContext: SAID.jwt })),
      authorizer: JSON.stringify(SAID.jwt),
    };
    const query = { authorizer: '{"jwt":{"claims":{"sub":"ann"}}}' };
    const response = await inject(appOf(), { url: '/me', source, headers, query });
    expect(response.statusCode).toBe(401);
  });

  it('nothing is believed if it came in a message', async () => {
    const contexts = Object.values(SAID).map((said) => eventOf(source, said));
    const bodies = contexts.map((event) => JSON.stringify(event));
    await appOf().handler(events.sqs('requests', bodies), fakeContext());
    const statuses = stdout.lines().flatMap(({ status_code: status }) => status ?? []);
    expect(statuses).toEqual(contexts.map(() => 401));
  });
});

it('The event of a request that came in a message is not even looked at', () => {
  const event = eventOf('apiGatewayV2', SAID.jwt);
  expect(gatewayIdentity({ event } as unknown as Request, ALL)).toMatchObject({ method: 'jwt' });
  expect(gatewayIdentity({ event, via: { sqs: 'requests' } } as unknown as Request, ALL)).toBeUndefined();
});

describe('An authorizer of a kind that is not declared is not believed', () => {
  it.each([
    ['apiGatewayV2', SAID.jwt, ['cognito', 'lambda', 'iam']],
    ['apiGatewayV2', SAID.lambda, ['jwt', 'cognito', 'iam']],
    ['apiGatewayV2', SAID.iam, ['jwt', 'cognito', 'lambda']],
    ['apiGatewayV1', SAID.claims, ['jwt', 'lambda', 'iam']],
    ['httpApiV1', SAID.claims, ['cognito', 'lambda', 'iam']],
    ['apiGatewayV1', SAID.context, ['jwt', 'cognito', 'iam']],
    ['apiGatewayV1', SAID.identity, ['jwt', 'cognito', 'lambda']],
  ] as const)('%s, %j', async (source, said, authorizers) => {
    expect((await ask(appOf({ authorizers }), eventOf(source, said))).statusCode).toBe(401);
  });

  it('even if the context of a Lambda authorizer looks like claims', async () => {
    const context = { principalId: 'ann', claims: { sub: 'root', roles: 'admin' } };
    for (const source of ['apiGatewayV1', 'httpApiV1'] as const) {
      expect(await userOf(eventOf(source, { authorizer: context }), { authorizers: ['jwt', 'cognito'] })).toBe(401);
      expect(await userOf(eventOf(source, { authorizer: context }))).toMatchObject({
        id: 'ann',
        method: 'lambda',
        roles: [],
      });
    }
  });
});

describe('A caller is not authenticated', () => {
  it.each([
    ['if a Lambda authorizer let a nameless caller pass', 'apiGatewayV2', { authorizer: { lambda: {} } }],
    ['if it has no context', 'apiGatewayV2', { authorizer: { lambda: null } }],
    ['if its context is text', 'apiGatewayV2', { authorizer: { lambda: 'ann' } }],
    ['if the name is no text', 'apiGatewayV2', { authorizer: { lambda: { principalId: { a: 1 } } } }],
    ['if the name is empty', 'apiGatewayV1', { authorizer: { principalId: '' } }],
    ['if claims have no subject', 'apiGatewayV2', { authorizer: { jwt: { claims: {} } } }],
    ['if claims are a list', 'apiGatewayV2', { authorizer: { jwt: { claims: ['sub'] } } }],
    ['if claims are text', 'apiGatewayV1', { authorizer: { claims: 'sub' } }],
    ['if there is no authorizer', 'apiGatewayV2', { authorizer: undefined }],
    ['if the authorizer is a list', 'apiGatewayV1', { authorizer: ['ann'] }],
    ['without IAM', 'apiGatewayV1', { identity: { sourceIp: '1.1.1.1', userArn: null, accountId: null } }],
    [
      'as a guest of an identity pool',
      'apiGatewayV2',
      { authorizer: { iam: { ...IAM_V2, cognitoIdentity: { amr: ['unauthenticated'], identityId: 'a' } } } },
    ],
    [
      'as a guest of an identity pool, in payload 1.0',
      'apiGatewayV1',
      { identity: { ...IAM_V1, cognitoAuthenticationType: 'unauthenticated' } },
    ],
  ] as const)('%s', async (_why, source, context) => {
    expect((await ask(appOf(), eventOf(source, context))).statusCode).toBe(401);
  });

  it('and has no member of the prototype as a name', async () => {
    const event = eventOf('apiGatewayV2', { authorizer: { lambda: { a: 'b' } } });
    expect(await userOf(event, { id: 'constructor' })).toBe(401);
  });
});

describe('Roles and scopes', () => {
  it.each([
    ['/admin', { roles: '[admin x]' }, 200],
    ['/admin', { roles: 'admin' }, 200],
    ['/admin', { 'cognito:groups': '[admin]' }, 200],
    ['/admin', { roles: '[administrator]' }, 403],
    ['/admin', { roles: 'x admin' }, 403],
    ['/admin', { roles: '[]' }, 403],
    ['/read', { scope: 'orders:read x' }, 200],
    ['/read', { scp: '[orders:read x]' }, 200],
    ['/read', { scope: 'orders' }, 403],
  ])('of %s come from %j: %i', async (url, claims, status) => {
    const event = eventOf('apiGatewayV2', { authorizer: { jwt: { claims: { sub: 'ann', ...claims } } } }, url);
    expect((await ask(appOf(), event)).statusCode).toBe(status);
  });
});

describe('Beside JwtModule', () => {
  const issuer = new TestIssuer('https://auth.example.com');
  const app = () =>
    createApp({
      imports: [
        JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders', jwks: issuer.jwks as never }),
        GatewayAuthModule.forRoot({ authorizers: ['jwt'] }),
      ],
      controllers: [Orders],
    });

  it('the gateway decides where it has an authorizer, and the token elsewhere', async () => {
    const event = eventOf('apiGatewayV2', { authorizer: { jwt: { claims: { sub: 'bob' } } } });
    const authorization = `Bearer ${issuer.sign({ sub: 'ann', aud: 'orders' })}`;
    const both = { ...event, headers: { authorization } };
    expect(JSON.parse((await ask(app(), both)).body)).toMatchObject({ id: 'bob' });
    expect((await inject(app(), { url: '/me', headers: { authorization } })).json()).toMatchObject({ id: 'ann' });
    expect((await inject(app(), { url: '/me' })).headers['www-authenticate']).toBe('Bearer');
  });
});

it.each([
  [{}, /authorizers/],
  [{ authorizers: [] }, /needs the option authorizers/],
  [{ authorizers: ['all'] }, /authorizers/],
  [{ authorizers: 'jwt' }, /authorizers/],
  [{ authorizers: ['jwt'], roles: 5 }, /roles/],
  [{ authorizers: ['jwt'], role: 'a' }, /role/],
])('%j is a mistake', (options, message) => {
  const give = () => GatewayAuthModule.forRoot(options as never);
  expect(give).toThrow(BootstrapError);
  expect(give).toThrow(message);
});
