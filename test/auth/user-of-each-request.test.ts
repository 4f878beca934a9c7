import { Authenticated, Roles } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { GatewayAuthModule } from '../../src/auth/gateway/gateway-auth-module.js';
import { JwtModule } from '../../src/auth/jwt/jwt-module.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { Request } from '../../src/http/request/request.js';
import type { DynamicModule } from '../../src/shared/module.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { TestIssuer } from '../../src/testing/test-issuer.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

beforeEach(() => {
  captureStdout();
});
afterEach(() => jest.restoreAllMocks());

@Controller()
@Authenticated()
class Tenants {
  @Post('spoil') spoil({ user }: Request) {
    const { roles, scopes, claims } = user as unknown as { roles: string[]; scopes: string[]; claims: object };
    roles.push('admin');
    scopes.push('orders:write');
    Object.assign(claims, { tenant: 'acme' });
    Object.assign(user!, { tenant: 'acme' });
  }
  @Get('me') me({ user }: Request) {
    return user;
  }
  @Get('admin') @Roles('admin') admin() {
    return 'admin';
  }
}

const issuer = new TestIssuer('https://auth.example.com');
const jwks = issuer.jwks as never;
const authorizer = (context: object) => ({ requestContext: { authorizer: context } });

interface Way {
  readonly module: (options: object) => DynamicModule;
  readonly headers?: Record<string, string>;
  readonly event?: object;
}

const gateway = (options: object) => GatewayAuthModule.forRoot({ authorizers: ['jwt', 'lambda', 'iam'], ...options });

const WAYS: Readonly<Record<string, Way>> = {
  token: {
    module: (options) => JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders', jwks, ...options }),
    headers: { authorization: `Bearer ${issuer.sign({ sub: 'ann', aud: 'orders', roles: ['user'] })}` },
  },
  'API key': {
    module: (options) => ApiKeyModule.forRoot({ keys: [{ name: 'shop', key: 'c0ffee', roles: ['user'] }], ...options }),
    headers: { 'x-api-key': 'c0ffee' },
  },
  'JWT authorizer': { module: gateway, event: authorizer({ jwt: { claims: { sub: 'ann', roles: '[user]' } } }) },
  'Lambda authorizer': { module: gateway, event: authorizer({ lambda: { principalId: 'ann', roles: ['user'] } }) },
  IAM: { module: gateway, event: authorizer({ iam: { userArn: 'arn:aws:iam::1:user/ann' } }) },
};

describe.each(Object.keys(WAYS))(
  'What is added to the user of a request does not reach the next one, by %s',
  (name) => {
    const way = WAYS[name]!;

    it.each([
      ['as it is', {}],
      ['with the option user', { user: () => ({ id: 'mapped' }) }],
      // Adds to what it was given.
      ['with an option user that adds', { user: (caller: object) => Object.assign(caller, { id: 'mapped' }) }],
    ])('%s', async (_how, options) => {
      const app = createApp({ imports: [way.module(options)], controllers: [Tenants] });
      const ask = async (method: string, url: string) => {
        const event = events.apiGatewayV2({ method, url, headers: way.headers ?? {} });
        const { requestContext, ...others } = structuredClone(way.event ?? {}) as { requestContext?: object };
        const context = { ...event.requestContext, ...requestContext };
        const given = { ...event, ...others, requestContext: context };
        return (await app.handler(given, fakeContext())) as { statusCode: number; body: string };
      };
      const before = await ask('GET', '/me');
      expect(before.statusCode).toBe(200);
      expect((await ask('POST', '/spoil')).statusCode).toBe(204);
      expect(JSON.parse((await ask('GET', '/me')).body)).toEqual(JSON.parse(before.body));
      expect((await ask('GET', '/admin')).statusCode).toBe(403);
    });
  },
);
