import { Authenticated, OptionalAuth, Public, Roles, Scopes } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { CurrentUser } from '../../src/auth/current-user.js';
import { GatewayAuthModule } from '../../src/auth/gateway/gateway-auth-module.js';
import { JwtModule } from '../../src/auth/jwt/jwt-module.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { RequestUser } from '../../src/http/request/request-user.js';
import { Request } from '../../src/http/request/request.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { TestIssuer } from '../../src/testing/test-issuer.js';
import { createApp, SOURCES } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { forge } from './forge.js';

beforeEach(() => captureStdout());
afterEach(() => jest.restoreAllMocks());

const issuer = new TestIssuer('https://auth.example.com');
const tokens = () =>
  JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders', jwks: issuer.jwks as never, user: refuseEve });
const keys = () =>
  ApiKeyModule.forRoot({
    keys: [
      { name: 'shop', key: 'c0ffee' },
      { name: 'admin', key: 'admin', roles: ['admin'] },
    ],
  });

function refuseEve({ id }: { id: string }): object {
  if (id === 'eve') throw new TypeError('The database is gone');
  return {};
}

const unreachable = () => Promise.reject(new Error('down'));

const token = (claims: object = {}) => issuer.sign({ sub: 'ann', aud: 'orders', ...claims });
const bearer = (given: string) => ({ authorization: `Bearer ${given}` });

class Shared {
  method() {}
}

@Controller()
class Home {
  @Get('home') @OptionalAuth() home(@CurrentUser() user?: RequestUser, @CurrentUser('id') id?: string) {
    return { user: user === undefined ? 'nobody' : user.id, id: id ?? 'none' };
  }
}

const app = (imports: ModuleMetadata['imports'], more: ModuleMetadata = {}) =>
  createApp({ imports: imports!, controllers: [Home], ...more });

describe.each(SOURCES)('A route with @OptionalAuth(), in an event of %s', (source) => {
  it.each([
    ['nobody without credentials', {}, 'nobody'],
    ['the caller with a token', bearer(token()), 'ann'],
    ['the caller with an API key', { 'x-api-key': 'c0ffee' }, 'shop'],
  ])('knows %s', async (_who, headers, user) => {
    const response = await inject(app([tokens(), keys()]), { source, url: '/home', headers });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ user, id: user === 'nobody' ? 'none' : user });
  });

  it('refuses credentials that are not valid', async () => {
    const headers = bearer(token({ exp: 1 }));
    const response = await inject(app([tokens(), keys()]), { source, url: '/home', headers });
    expect([response.statusCode, response.json()]).toEqual([401, { detail: 'The access token has expired' }]);
  });
});

describe('Credentials that are presented are never taken for none:', () => {
  it.each([
    ['an expired token', bearer(token({ exp: 1 })), 401],
    ['a forged token', bearer(forge({ alg: 'ES256', kid: 'a' }, { iss: issuer.issuer, sub: 'ann' })), 401],
    ['a token for another API', bearer(token({ aud: 'invoices' })), 401],
    ['a token without a sub', bearer(token({ sub: undefined })), 401],
    ['what a client writes without a token', bearer('undefined'), 401],
    ['half a header', { authorization: 'Bearer' }, 400],
    ['two tokens', { authorization: 'Bearer a.b.c, Bearer a.b.c' }, 400],
    ['a token without its scheme', { authorization: token() }, 401],
    ['another scheme', { authorization: 'Basic YTpi' }, 401],
    ['an empty header', { authorization: '' }, 401],
    ['an unknown API key', { 'x-api-key': 'guessed' }, 401],
    ['an empty API key', { 'x-api-key': '' }, 401],
    ['a bad token beside a good key', { ...bearer('a.b.c'), 'x-api-key': 'c0ffee' }, 401],
    ['an error while the caller is looked up', bearer(token({ sub: 'eve' })), 500],
  ] as const)('%s', async (_what, headers, status) => {
    const optional = createApp({ imports: [tokens(), keys()], controllers: [Home] }, { unhandledErrors: 'respond' });
    const response = await inject(optional, { url: '/home', headers: headers as Record<string, string> });
    expect(response.statusCode).toBe(status);
  });

  it('keys that cannot be fetched are a 503', async () => {
    const unavailable = app([JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders', fetchKeys: unreachable })]);
    const response = await inject(unavailable, { url: '/home', headers: bearer(token()) });
    expect(response.statusCode).toBe(503);
    expect((await inject(unavailable, { url: '/home' })).statusCode).toBe(200);
  });
});

describe('With the authorizer of a gateway,', () => {
  const authorizers = ['jwt', 'lambda', 'iam'] as const;
  const guest = { userArn: 'arn:aws:sts::1:assumed-role/guests/CognitoIdentityCredentials' };
  const ask = async (authorizer: object, headers = {}) => {
    const event = events.apiGatewayV2({ url: '/home', headers });
    const given = { ...event, requestContext: { ...event.requestContext, authorizer } };
    const optional = app([GatewayAuthModule.forRoot({ authorizers })]);
    const { statusCode, body } = (await optional.handler(given, fakeContext())) as { statusCode: number; body: string };
    return statusCode === 200 ? (JSON.parse(body) as { user: string }).user : statusCode;
  };

  it.each([
    ['nobody where it said nothing', {}, 'nobody'],
    ['nobody where a Lambda authorizer returned no context', { lambda: null }, 'nobody'],
    ['nobody where a Lambda authorizer returned an empty context', { lambda: {} }, 'nobody'],
    ['its caller', { jwt: { claims: { sub: 'ann' } } }, 'ann'],
    ['no caller whom a Lambda authorizer has not named', { lambda: { plan: 'free' } }, 401],
    ['no caller without a sub', { jwt: { claims: { iss: 'a' } } }, 401],
    [
      'a guest of an identity pool as nobody',
      { iam: { ...guest, cognitoIdentity: { amr: ['unauthenticated'], identityId: 'a' } } },
      'nobody',
    ],
  ])('the route knows %s', async (_who, authorizer, expected) => {
    expect(await ask(authorizer)).toBe(expected);
  });

  it('Authorization is what the authorizer has read', async () => {
    expect(await ask({}, { authorization: 'AWS4-HMAC-SHA256 Credential=a' })).toBe('nobody');
  });
});

describe('What a method declares', () => {
  @Controller('roles')
  @Roles('admin')
  class OfRoles {
    @Get('optional') @OptionalAuth() optional() {}
    @Get('closed') closed() {}
  }
  @Controller('optional')
  @OptionalAuth()
  class Optional {
    @Get('inherited') inherited() {}
    @Get('closed') @Authenticated() closed() {}
    @Get('roles') @Roles('admin') roles() {}
    @Get('scopes') @Scopes('a') scopes() {}
    @Get('public') @Public() public() {}
  }
  @Controller('public')
  @Public()
  class Open {
    @Get('optional') @OptionalAuth() optional() {}
  }
  @Controller('heir')
  class Heir extends Optional {
    @Get('own') own() {}
    override closed() {}
  }

  it.each([
    // Nobody, an unknown key, a user, an admin.
    ['lifts the roles of its class', '/roles/optional', [204, 401, 204, 204]],
    ['is of no concern to others', '/roles/closed', [401, 401, 403, 204]],
    ['completes what its class declares', '/optional/inherited', [204, 401, 204, 204]],
    ['closes it in an optional class', '/optional/closed', [401, 401, 204, 204]],
    ['adds roles in an optional class', '/optional/roles', [401, 401, 403, 204]],
    ['adds scopes in an optional class', '/optional/scopes', [401, 401, 403, 403]],
    ['opens it, and credentials are not read', '/optional/public', [204, 204, 204, 204]],
    ['makes credentials count in a public class', '/public/optional', [204, 401, 204, 204]],
    ['is inherited with the class', '/heir/own', [204, 401, 204, 204]],
    ['is inherited with the method', '/heir/roles', [401, 401, 403, 204]],
  ])('%s', async (_what, url, expected) => {
    const levels = createApp({ imports: [keys()], controllers: [OfRoles, Optional, Open, Heir] });
    const all = [undefined, 'guessed', 'c0ffee', 'admin'].map((key) =>
      inject(levels, { url, headers: key === undefined ? {} : { 'x-api-key': key } }),
    );
    expect((await Promise.all(all)).map(({ statusCode }) => statusCode)).toEqual(expected);
  });

  it('holds under a guard of the application, too', async () => {
    const guarded = app([keys()], { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] });
    expect((await inject(guarded, { url: '/home' })).json()).toMatchObject({ user: 'nobody' });
    const known = await inject(guarded, { url: '/home', headers: { 'x-api-key': 'c0ffee' } });
    expect(known.json()).toMatchObject({ user: 'shop' });
  });

  it('that is one function with another needs what both declare', async () => {
    class Twice {
      one!: () => void;
      two!: () => void;
    }
    const shared = Shared.prototype.method;
    Object.assign(Twice.prototype, { one: shared, two: shared });
    for (const [key, decorate] of [
      ['one', OptionalAuth()],
      ['two', Authenticated()],
    ] as const) {
      const descriptor = Object.getOwnPropertyDescriptor(Twice.prototype, key)!;
      Get(key)(Twice.prototype, key, descriptor);
      decorate(Twice.prototype, key, descriptor);
    }
    Controller('twice')(Twice);
    const twice = createApp({ imports: [keys()], controllers: [Twice] });
    expect((await inject(twice, { url: '/twice/one' })).statusCode).toBe(401);
  });
});

it('The user of one event is not that of the next one without credentials', async () => {
  const optional = await app([tokens(), keys()]).ready();
  const urls = ['ann', undefined, 'bob', undefined, 'ann'];
  const responses = urls.map((sub) =>
    inject(optional, { url: '/home', headers: sub === undefined ? {} : bearer(token({ sub })) }),
  );
  const users = (await Promise.all(responses)).map((response) => response.json<{ user: string }>().user);
  expect(users).toEqual(['ann', 'nobody', 'bob', 'nobody', 'ann']);
});

it('What an earlier guard has written as the user is no caller', async () => {
  const impostor = {
    canActivate: ({ request }: { request: Request }) => {
      request.user = { id: 'root', method: 'x', roles: ['admin'], scopes: [], claims: {} };
      return true;
    },
  };
  @Controller()
  class Admin {
    @Get('admin') @Roles('admin') admin() {}
  }
  const guarded = createApp({ imports: [keys()], controllers: [Admin] }, { guards: [impostor] });
  expect((await inject(guarded, { url: '/admin' })).statusCode).toBe(401);
});

/** Starts an application with a method that has the decorators. */
const start = (...decorators: MethodDecorator[]) => {
  @Controller()
  class Target {
    @Get('a') a() {}
  }
  const descriptor = Object.getOwnPropertyDescriptor(Target.prototype, 'a')!;
  for (const decorate of decorators) decorate(Target.prototype, 'a', descriptor);
  return createApp({ imports: [keys()], controllers: [Target] }).ready();
};

describe('Mistakes are reported at the start:', () => {
  it.each([
    ['with roles', [OptionalAuth(), Roles('admin')], /@OptionalAuth\(\) contradicts/],
    ['with scopes, the other way round', [Scopes('a'), OptionalAuth()], /@OptionalAuth\(\) contradicts/],
    ['with @Authenticated()', [Authenticated(), OptionalAuth()], /@OptionalAuth\(\) contradicts/],
    ['with @Public()', [OptionalAuth(), Public()], /@Public\(\) contradicts/],
    ['not called', [OptionalAuth as never], /@OptionalAuth on a is not called/],
  ])('%s', async (_what, decorators, message) => {
    await expect(start(...decorators)).rejects.toThrow(message);
  });

  it('without a module that authenticates', async () => {
    await expect(createApp({ controllers: [Home] }).ready()).rejects.toThrow(/@OptionalAuth and AuthGuard need/);
  });
});
