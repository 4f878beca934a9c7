import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { Authenticated, Public, Roles, Scopes } from '../../../src/auth/access-decorators.js';
import { AuthGuard } from '../../../src/auth/auth-guard.js';
import { CurrentUser } from '../../../src/auth/current-user.js';
import { JwtModule } from '../../../src/auth/jwt/jwt-module.js';
import type { JwtModuleOptions } from '../../../src/auth/jwt/jwt-options.js';
import { TokenVerifier } from '../../../src/auth/jwt/token-verifier.js';
import { APP_GUARD } from '../../../src/contracts/app-tokens.js';
import { OnAuthorize, OnSqs } from '../../../src/decorators/consumers.js';
import { Body, Req } from '../../../src/decorators/parameters.js';
import { Controller, Get, Options, Post } from '../../../src/decorators/routes.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { ForbiddenException } from '../../../src/errors/exceptions.js';
import type { RequestUser } from '../../../src/http/request/request-user.js';
import { Request } from '../../../src/http/request/request.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject, type InjectRequest } from '../../../src/testing/inject.js';
import { type TestClaims, TestIssuer } from '../../../src/testing/test-issuer.js';
import { createApp, SOURCES } from '../../application/create-app.js';
import { gate } from '../../gate.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';
import { attacker, forge, part, read } from '../forge.js';
import { JwksServer } from '../jwks-server.js';

let server: JwksServer;
let issuer: TestIssuer;
let stdout: CapturedStdout;
let now: number;

beforeEach(async () => {
  server = await JwksServer.start();
  issuer = new TestIssuer(server.url);
  server.respond = () => JSON.stringify(issuer.jwks);
  stdout = captureStdout();
  now = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.close();
});

/** Lets time pass. */
const pass = (seconds: number) => (now += seconds * 1000);

@Controller()
@Authenticated()
class Orders {
  @Get('me') me(@CurrentUser() user: RequestUser, @CurrentUser('id') id: string, @Req() request: Request) {
    return { id, same: request.user === user, method: user.method, roles: user.roles, scopes: user.scopes };
  }
  @Get('claims') claims(request: Request) {
    return request.user?.claims;
  }
  @Get('admin') @Roles('admin', 'owner') admin() {
    return 'admin';
  }
  @Get('read') @Scopes('orders:read', 'orders:list') read() {
    return 'read';
  }
  @Get('open') @Public() open(request: Request) {
    return { user: request.user ?? 'nobody' };
  }
  @Post() create(@Body() body: { size: number }) {
    return body;
  }
}

function appOf(options: Partial<JwtModuleOptions> = {}): LambdaApplication {
  const whoIssues = { issuer: issuer.issuer, audience: 'orders' };
  const usual = options.cognito || options.issuers ? {} : whoIssues;
  return createApp({ imports: [JwtModule.forRoot({ ...usual, ...options })], controllers: [Orders] });
}

const token = (claims: TestClaims = {}) => issuer.sign({ sub: 'ann', aud: 'orders', ...claims });
const withToken = (given: string, request: InjectRequest = {}): InjectRequest => ({
  url: '/me',
  ...request,
  headers: { authorization: `Bearer ${given}`, ...request.headers },
});
const get = (app: LambdaApplication, given: string, url = '/me') => inject(app, withToken(given, { url }));

const errorOf = (challenge: string | undefined) => /error="(\w+)"/.exec(challenge ?? '')?.[1];

describe.each(SOURCES)('A valid token in an event of %s', (source) => {
  it('identifies the caller', async () => {
    const response = await inject(appOf(), withToken(token({ roles: ['a'], scope: 'x y' }), { source }));
    expect(response.json()).toEqual({ id: 'ann', same: true, method: 'jwt', roles: ['a'], scopes: ['x', 'y'] });
  });
});

describe('Requests without a token', () => {
  it.each([
    ['without the header', {}],
    ['with another scheme', { authorization: 'Basic YTpi' }],
    ['with a bare token', { authorization: 'abc.def.ghi' }],
    ['with a scheme that only begins like it', { authorization: 'Bearerx abc' }],
  ])('are 401 %s', async (_how, headers) => {
    const response = await inject(appOf(), { url: '/me', headers: headers as Record<string, string> });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.json()).toEqual({ detail: 'Authentication is required' });
  });

  it('are 401 with a token in the query, a cookie or a form', async () => {
    const app = appOf();
    const [query, cookie, form] = await Promise.all([
      inject(app, { url: '/me', query: { access_token: token() } }),
      inject(app, { url: '/me', headers: { cookie: `access_token=${token()}; Authorization=Bearer ${token()}` } }),
      inject(app, { method: 'POST', url: '/', payload: new URLSearchParams({ access_token: token() }) }),
    ]);
    expect([query.statusCode, cookie.statusCode, form.statusCode]).toEqual([401, 401, 401]);
    expect(stdout.text()).not.toContain(token());
  });

  it('see no validation errors', async () => {
    const response = await inject(appOf(), { method: 'POST', url: '/', payload: '{', headers: {} });
    expect(response.statusCode).toBe(401);
  });

  it('pass where everyone may call, even with a token that is not valid', async () => {
    const app = appOf();
    expect((await inject(app, { url: '/open' })).json()).toEqual({ user: 'nobody' });
    expect((await get(app, 'rubbish', '/open')).json()).toEqual({ user: 'nobody' });
  });
});

describe('The Authorization header', () => {
  it.each(['bearer', 'BEARER', 'Bearer  '])('may be written %s', async (scheme) => {
    const response = await inject(appOf(), { url: '/me', headers: { Authorization: `${scheme} ${token()}` } });
    expect(response.statusCode).toBe(200);
  });

  it.each([
    ['Bearer'],
    ['Bearer '],
    ['Bearer a b'],
    ['Bearer a.b.c, Bearer a.b.c'],
    ['Bearer a.b.c, Basic YTpi'],
    ['Bearer a.b.c\u00e9'],
  ])('is 400 as %p', async (authorization) => {
    const response = await inject(appOf(), { url: '/me', headers: { authorization } });
    expect(response.statusCode).toBe(400);
    expect(errorOf(response.headers['www-authenticate'])).toBe('invalid_request');
  });

  it.each(['apiGatewayV1', 'albMultiValue', 'latticeV2'] as const)(
    'is 400 if an event of %s has it twice',
    async (source) => {
      const event = events[source]({ url: '/me' }) as { multiValueHeaders?: object; headers?: object };
      const twice = { authorization: [`Bearer ${token()}`, `Bearer ${token({ sub: 'bob' })}`] };
      if (event.multiValueHeaders) event.multiValueHeaders = { ...event.multiValueHeaders, ...twice };
      else event.headers = { ...event.headers, ...twice };
      const result = (await appOf().handler(event, fakeContext())) as { statusCode: number };
      expect(result.statusCode).toBe(400);
    },
  );
});

/** The parts of a valid token. */
const good = () => read(token());

describe('A token is refused', () => {
  const forgeries: readonly (readonly [string, () => string])[] = [
    ['with the algorithm none', () => `${part({ ...good().header, alg: 'none' })}.${part(good().payload)}.`],
    ['with the algorithm none and a signature', () => forge({ ...good().header, alg: 'none' }, good().payload)],
    ['with the algorithm in another case', () => forge({ ...good().header, alg: 'es256' }, good().payload)],
    ['without an algorithm', () => forge({ kid: good().header['kid'] }, good().payload)],
    [
      'signed with the public key as a secret',
      () => {
        const pem = createPublicKey({ key: issuer.jwks.keys[0]!, format: 'jwk' }).export({
          type: 'spki',
          format: 'pem',
        });
        return forge({ ...good().header, alg: 'HS256' }, good().payload, String(pem));
      },
    ],
    [
      'signed with the text of the public key as a secret',
      () => forge({ ...good().header, alg: 'HS256' }, good().payload, JSON.stringify(issuer.jwks.keys[0])),
    ],
    ['with the algorithm of another type of key', () => forge({ ...good().header, alg: 'RS256' }, good().payload)],
    ['signed with another key', () => forge(good().header, good().payload)],
    ['with an unknown key id', () => forge({ ...good().header, kid: 'unknown' }, good().payload)],
    ['with a key id that is a path', () => forge({ ...good().header, kid: '../../../../dev/null' }, good().payload)],
    ['with a key id that is a URL', () => forge({ ...good().header, kid: `${server.url}/evil` }, good().payload)],
    ['with a key id of the prototype', () => forge({ ...good().header, kid: '__proto__' }, good().payload)],
    ['without a key id', () => forge({ alg: 'ES256' }, good().payload)],
    [
      'with its key in the header',
      () => forge({ ...good().header, jwk: attacker.publicKey.export({ format: 'jwk' }) }, good().payload),
    ],
    [
      'with a place of keys in the header',
      () => forge({ ...good().header, jku: `${server.url}/evil` }, good().payload),
    ],
    ['with a place of certificates', () => forge({ ...good().header, x5u: `${server.url}/evil` }, good().payload)],
    ['of another issuer', () => token({ iss: 'https://evil.example.com' })],
    ['of an issuer that begins alike', () => token({ iss: `${issuer.issuer}.evil.example.com` })],
    ['of an issuer with a slash at the end', () => token({ iss: `${issuer.issuer}/` })],
    ['without an issuer', () => token({ iss: undefined })],
    ['with a list of issuers', () => token({ iss: [issuer.issuer] })],
    ['for another audience', () => token({ aud: 'invoices' })],
    ['for an audience that begins alike', () => token({ aud: 'orders-test' })],
    ['without an audience', () => token({ aud: undefined })],
    ['without a subject', () => token({ sub: undefined })],
    ['that has expired', () => token({ exp: now / 1000 - 6 })],
    ['without an expiry', () => token({ exp: undefined })],
    ['with an expiry that is text', () => token({ exp: String(now) as never })],
    ['that is not valid yet', () => token({ nbf: now / 1000 + 6 })],
    ['that is too long', () => token({ padding: 'a'.repeat(16_384) })],
    ['with five parts', () => `${token()}.a.b`],
    ['with one part', () => 'rubbish'],
    ['whose parts are not JSON', () => 'YQ.YQ.YQ'],
    ['whose claims are a list', () => forge(good().header, [good().payload])],
    ['with a changed claim', () => token().replace(/\.[^.]+\./, `.${part({ ...good().payload, sub: 'root' })}.`)],
    ['without its signature', () => token().replace(/[^.]+$/, '')],
    ['with another signature', () => token().replace(/[^.]+$/, 'AAAA')],
  ];

  it.each(forgeries)('%s', async (_how, make) => {
    const app = await appOf().ready();
    const given = make();
    const response = await get(app, given);
    expect(response.statusCode).toBe(401);
    expect(errorOf(response.headers['www-authenticate'])).toBe('invalid_token');
    expect(response.json<{ detail: string }>().detail).toMatch(/^The access token (?:is invalid|has expired)$/);
    expect(server.requests).not.toContain('/evil');
    // Nothing of the token is logged.
    for (const piece of given.split('.')) if (piece.length > 8) expect(stdout.text()).not.toContain(piece);
  });

  it('with critical parameters, though it is signed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    server.publish({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a' }] });
    const claims = { iss: issuer.issuer, sub: 'ann', aud: 'orders', exp: now / 1000 + 60 };
    const app = appOf();
    expect((await get(app, forge({ alg: 'ES256', kid: 'a' }, claims, privateKey))).statusCode).toBe(200);
    const critical = forge({ alg: 'ES256', kid: 'a', crit: ['b64'], b64: true }, claims, privateKey);
    expect((await get(app, critical)).statusCode).toBe(401);
  });

  it('with an algorithm that is not accepted, though it is signed', async () => {
    expect((await get(appOf({ algorithms: ['RS256'] }), token())).statusCode).toBe(401);
  });

  it('says only of an expired one what is wrong', async () => {
    const response = await get(appOf(), token({ exp: now / 1000 - 60 }));
    expect(response.json()).toEqual({ detail: 'The access token has expired' });
  });
});

/** A token of the issuer, signed by a function. */
const signed = (alg: string, kid: string, make: (data: Buffer) => Buffer) => {
  const text = `${part({ alg, kid })}.${part({ iss: issuer.issuer, sub: 'a', aud: 'orders', exp: now / 1000 + 60 })}`;
  return `${text}.${make(Buffer.from(text)).toString('base64url')}`;
};

it('RSA and Edwards keys verify, too', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const edwards = generateKeyPairSync('ed25519');
  const keys = [
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa' },
    { ...edwards.publicKey.export({ format: 'jwk' }), kid: 'edwards' },
  ];
  server.publish({ keys });
  const app = appOf();
  const byRsa = (data: Buffer) => sign('sha256', data, rsa.privateKey);
  const byEdwards = (data: Buffer) => sign(null, data, edwards.privateKey);
  expect((await get(app, signed('RS256', 'rsa', byRsa))).statusCode).toBe(200);
  expect((await get(app, signed('EdDSA', 'edwards', byEdwards))).statusCode).toBe(200);
  // Each key with the algorithms of its own type.
  expect((await get(app, signed('ES256', 'rsa', byRsa))).statusCode).toBe(401);
  expect((await get(app, signed('EdDSA', 'rsa', byRsa))).statusCode).toBe(401);
});

it('A token is accepted for one of several audiences, and within the clock tolerance', async () => {
  const app = appOf({ audience: ['orders', 'invoices'], clockTolerance: 60 });
  expect((await get(app, token({ aud: ['x', 'invoices'] }))).statusCode).toBe(200);
  expect((await get(app, token({ exp: now / 1000 - 59, nbf: now / 1000 + 59 }))).statusCode).toBe(200);
  expect((await get(app, token({ exp: now / 1000 - 61 }))).statusCode).toBe(401);
});

/** A token with a key id that the issuer does not have. */
const invented = (kid: number) => forge({ ...good().header, kid: String(kid) }, good().payload);

describe('Keys', () => {
  it('are fetched once, in the init phase', async () => {
    const app = await appOf().ready();
    expect(server.requests).toEqual(['/.well-known/jwks.json']);
    const responses = await Promise.all(Array.from({ length: 5 }, () => get(app, token())));
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(server.requests).toHaveLength(1);
  });

  it('that cannot be fetched at the start are fetched by the first request', async () => {
    server.respond = () => Promise.reject(new Error('down'));
    const app = await appOf().ready();
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({ level: 'warning', message: 'The keys of a token issuer could not be fetched' }),
    );
    server.publish(issuer.jwks);
    expect((await get(app, token())).statusCode).toBe(200);
  });

  it('that cannot be fetched are told of in one line', async () => {
    const failure = new TypeError('fetch failed', { cause: new Error('ENOTFOUND\n  auth') });
    await appOf({ fetchKeys: () => Promise.reject(failure) }).ready();
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({ level: 'warning', error: 'fetch failed: ENOTFOUND auth' }),
    );
  });

  it('that are not available make a 503, and are not fetched by every request', async () => {
    server.respond = () => Promise.reject(new Error('down'));
    const app = await appOf().ready();
    const responses = await Promise.all([get(app, token()), get(app, token())]);
    for (const response of responses) {
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('10');
      expect(response.json()).toEqual({ detail: 'Service Unavailable' });
    }
    expect((await get(app, token())).statusCode).toBe(503);
    // What can't be valid needs no key.
    expect((await get(app, forge({ alg: 'none', kid: 'a' }, good().payload))).statusCode).toBe(401);
    expect(server.requests).toHaveLength(2);
    pass(10);
    server.publish(issuer.jwks);
    expect((await get(app, token())).statusCode).toBe(200);
  });

  it.each([
    ['no JSON', '<html>'],
    ['no key set', '{"error":"no"}'],
    ['a list', '[]'],
  ])('that are %s make a 503', async (_what, text) => {
    server.respond = () => text;
    expect((await get(appOf(), token())).statusCode).toBe(503);
  });

  it('that are rotated are fetched again, once for all who wait', async () => {
    const app = await appOf().ready();
    const old = token();
    issuer.rotate();
    pass(10);
    const responses = await Promise.all([get(app, token()), get(app, token()), get(app, old)]);
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(server.requests).toHaveLength(2);
  });

  it('with invented ids are looked for every ten seconds at most', async () => {
    const app = await appOf().ready();
    for (let second = 0; second < 30; second++) {
      pass(1);
      expect((await get(app, invented(second))).statusCode).toBe(401);
      expect((await get(app, token())).statusCode).toBe(200);
    }
    expect(server.requests).toHaveLength(4);
  });

  it('are not looked for by tokens of other issuers, or with other algorithms', async () => {
    const app = await appOf().ready();
    const { header, payload } = good();
    for (const [changes, iss] of [
      [{ kid: 'a' }, 'https://other.example.com'],
      [{ kid: 'a', alg: 'HS256' }, payload['iss']],
    ] as const) {
      pass(10);
      expect((await get(app, forge({ ...header, ...changes }, { ...payload, iss }))).statusCode).toBe(401);
    }
    expect(server.requests).toHaveLength(1);
  });

  it('that are withdrawn are accepted until they are fetched again', async () => {
    const app = await appOf({ keysMaxAge: 600 }).ready();
    const long = token({ exp: now / 1000 + 100_000 });
    server.publish({ keys: new TestIssuer(issuer.issuer).jwks.keys });
    pass(599);
    expect((await get(app, long)).statusCode).toBe(200);
    pass(1);
    expect((await get(app, long)).statusCode).toBe(401);
  });

  it('are replaced under the same id', async () => {
    const app = await appOf({ keysMaxAge: 600 }).ready();
    const long = token({ exp: now / 1000 + 100_000 });
    expect((await get(app, long)).statusCode).toBe(200);
    const { kid } = issuer.jwks.keys[0]!;
    server.publish({ keys: [{ ...attacker.publicKey.export({ format: 'jwk' }), kid }] });
    pass(600);
    expect((await get(app, long)).statusCode).toBe(401);
  });

  it('are kept while the issuer is down', async () => {
    const app = await appOf({ keysMaxAge: 600 }).ready();
    server.respond = () => Promise.reject(new Error('down'));
    pass(10_000);
    const now2 = token();
    expect((await get(app, now2)).statusCode).toBe(200);
    expect((await get(app, now2)).statusCode).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  it('are fetched anew if a fetch hangs', async () => {
    const hanging = gate<never>();
    const fetchKeys = jest.fn(() => Promise.resolve(issuer.jwks as never));
    const app = await appOf({ fetchKeys }).ready();
    fetchKeys.mockImplementationOnce(() => hanging.passed);
    issuer.rotate();
    pass(10);
    const waiting = get(app, token());
    pass(10);
    expect((await get(app, token())).statusCode).toBe(200);
    expect(fetchKeys).toHaveBeenCalledTimes(3);
    // What was fetched too late does not replace what is newer.
    hanging.open({ keys: [] } as never);
    expect((await waiting).statusCode).toBe(200);
    expect((await get(app, token())).statusCode).toBe(200);
  });

  it('that are withdrawn do not stay because a fetch hangs', async () => {
    const hanging = gate<never>();
    const fetchKeys = jest.fn(() => Promise.resolve(issuer.jwks as never));
    const app = await appOf({ fetchKeys, keysMaxAge: 60 }).ready();
    const given = token();
    pass(60);
    fetchKeys.mockImplementationOnce(() => hanging.passed);
    void get(app, given);
    expect((await get(app, given)).statusCode).toBe(200);
    issuer = new TestIssuer(server.url);
    pass(10);
    expect((await get(app, given)).statusCode).toBe(401);
    expect((await get(app, token())).statusCode).toBe(200);
    hanging.open(issuer.jwks as never);
  });

  it('that hang at the start hold up only the start, for five seconds', async () => {
    const hanging = gate<never>();
    jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'queueMicrotask', 'setImmediate'] });
    const fetchKeys = jest.fn(() => hanging.passed);
    const ready = appOf({ fetchKeys }).ready();
    await jest.advanceTimersByTimeAsync(5000);
    const app = await ready;
    jest.useRealTimers();
    const waiting = get(app, token());
    hanging.open(issuer.jwks as never);
    expect((await waiting).statusCode).toBe(200);
    expect(fetchKeys).toHaveBeenCalledTimes(1);
  });

  it('that are given are never fetched', async () => {
    const app = await appOf({ jwks: issuer.jwks as never }).ready();
    expect((await get(app, token())).statusCode).toBe(200);
    issuer.rotate();
    pass(100_000);
    expect((await get(app, token())).statusCode).toBe(401);
    expect(server.requests).toEqual([]);
  });

  it('are fetched from their own server alone, which may not send to another', async () => {
    const evil = await JwksServer.start();
    const jwk = attacker.publicKey.export({ format: 'jwk' });
    evil.publish({ keys: [{ ...jwk, kid: 'a', alg: 'ES256', use: 'sig' }] });
    server.redirect = evil.url;
    const forged = forge({ alg: 'ES256', kid: 'a' }, { iss: issuer.issuer, aud: 'orders', sub: 'root', exp: now });
    expect((await inject(appOf(), withToken(forged))).statusCode).toBe(503);
    expect([server.requests.length > 0, evil.requests]).toEqual([true, []]);
    await evil.close();
  });

  it('are not fetched without https', () => {
    expect(() => appOf({ issuer: 'http://127.0.0.1' })).toThrow(/fetched with https alone/);
    expect(() => appOf({ issuer: 'orders' })).toThrow(/not an https URL/);
  });
});

describe('Roles and scopes', () => {
  it.each([
    [['admin'], 200],
    [['owner', 'x'], 200],
    ['admin', 200],
    [['user'], 403],
    [['administrator'], 403],
    ['the admin', 403],
    [[], 403],
    [undefined, 403],
    [{ admin: true }, 403],
    [[['admin']], 403],
  ])('lets callers with the roles %j in with %i', async (roles, status) => {
    const response = await get(appOf(), token({ roles }), '/admin');
    expect(response.statusCode).toBe(status);
    if (status === 403) expect(response.json()).toEqual({ detail: 'A required role is missing' });
  });

  it.each([
    [{ scope: 'orders:list orders:read other' }, 200],
    [{ scp: ['orders:list', 'orders:read'] }, 200],
    [{ scp: 'orders:list orders:read' }, 200],
    [{ scope: 'orders:read' }, 403],
    [{ scope: 'orders:list,orders:read' }, 403],
    [{ scope: 'xorders:list orders:reads' }, 403],
    [{}, 403],
  ])('lets callers with %j in with %i', async (claims, status) => {
    const response = await get(appOf(), token(claims), '/read');
    expect(response.statusCode).toBe(status);
    if (status === 403)
      expect(response.headers['www-authenticate']).toBe(
        'Bearer error="insufficient_scope", scope="orders:read orders:list"',
      );
  });

  it('come from a claim or a function of the options', async () => {
    const byName = appOf({ roles: 'https://example.com/roles', scopes: 'permissions' });
    const claims = {
      'https://example.com/roles': ['admin'],
      permissions: ['orders:read', 'orders:list'],
      roles: ['x'],
    };
    expect((await get(byName, token(claims))).json()).toMatchObject({
      roles: ['admin'],
      scopes: ['orders:read', 'orders:list'],
    });
    const nested = appOf({ roles: ({ realm }) => (realm as { roles: string[] }).roles });
    expect((await get(nested, token({ realm: { roles: ['admin'] } }), '/admin')).statusCode).toBe(200);
  });

  it('are a 500 if the function returns text, in which every part would be found', async () => {
    const app = appOf({ roles: (() => 'administrator') as never });
    await expect(get(app, token(), '/admin')).rejects.toThrow(/must return lists of text/);
  });
});

describe('request.user', () => {
  it('has the members that the option user adds, also from a promise', async () => {
    const app = createApp({
      imports: [
        JwtModule.forRoot({
          issuer: issuer.issuer,
          audience: 'orders',
          user: async ({ id, claims }) => ({ roles: [`${id}-role`], tenant: claims['tenant'] }),
        }),
      ],
      controllers: [Orders],
    });
    expect((await get(app, token({ tenant: 't1' }))).json()).toMatchObject({ id: 'ann', roles: ['ann-role'] });
  });

  it('may be refused by the option user, which is no error of the token', async () => {
    const refusing = appOf({
      user: () => {
        throw new ForbiddenException('You are suspended');
      },
    });
    expect((await get(refusing, token())).json()).toEqual({ detail: 'You are suspended' });
  });

  it.each([
    [undefined],
    ['ann'],
    [[{}]],
    [{ id: '' }],
    [{ id: 5 }],
    [{ id: undefined }],
    [{ roles: 'administrator' }],
    [{ roles: undefined }],
    [{ roles: [{ admin: true }] }],
    [{ scopes: 'orders:read orders:list' }],
  ])('is never %j, which the option user may return by mistake', async (returned) => {
    const broken = appOf({ user: (() => returned) as never });
    await expect(get(broken, token(), '/admin')).rejects.toThrow(/must return an object with members of the user/);
  });

  it('is never read from the event', async () => {
    const event = { ...events.apiGatewayV2({ url: '/me' }), user: { id: 'root', roles: ['admin'], scopes: [] } };
    const result = (await appOf().handler(event, fakeContext())) as { statusCode: number };
    expect(result.statusCode).toBe(401);
  });

  it('of overlapping requests is that of each', async () => {
    const app = appOf({ user: async ({ id }) => ({ id: await Promise.resolve(`${id}!`) }) });
    const names = Array.from({ length: 20 }, (_, index) => `user${index}`);
    const responses = await Promise.all(names.map((sub) => get(app, token({ sub }))));
    expect(responses.map((response) => response.json<{ id: string }>().id)).toEqual(names.map((name) => `${name}!`));
  });

  it('set by a guard of the application does not satisfy AuthGuard', async () => {
    class Trusting {
      canActivate({ request }: { request: Request }) {
        request.user = { id: 'root', method: 'own', roles: ['admin'], scopes: [], claims: {} };
        return true;
      }
    }
    const app = createApp(
      { imports: [JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders' })], controllers: [Orders] },
      { guards: [new Trusting()] },
    );
    expect((await inject(app, { url: '/admin' })).statusCode).toBe(401);
  });
});

describe('Several issuers', () => {
  it('each have their own keys and audiences', async () => {
    const other = new TestIssuer(`${server.url}/other`);
    server.respond = (path) => JSON.stringify(path.startsWith('/other/') ? other.jwks : issuer.jwks);
    const app = appOf({
      issuers: [
        { issuer: issuer.issuer, audience: 'orders' },
        { issuer: other.issuer, audience: 'invoices' },
      ],
    });
    const crossed = forge(read(other.sign({ sub: 'a', aud: 'orders' })).header, good().payload);
    expect((await get(app, token())).statusCode).toBe(200);
    expect((await get(app, other.sign({ sub: 'bob', aud: 'invoices' }))).json()).toMatchObject({ id: 'bob' });
    expect((await get(app, other.sign({ sub: 'bob', aud: 'orders' }))).statusCode).toBe(401);
    // Signed by the one, in the name of the other.
    expect((await get(app, other.sign({ sub: 'bob', aud: 'orders', iss: issuer.issuer }))).statusCode).toBe(401);
    expect((await get(app, issuer.sign({ sub: 'bob', aud: 'invoices', iss: other.issuer }))).statusCode).toBe(401);
    expect((await get(app, crossed)).statusCode).toBe(401);
    expect((await get(app, token({ iss: 'https://third.example.com' }))).statusCode).toBe(401);
  });

  it('may publish their keys together', async () => {
    const jwksUri = `${server.url}/keys`;
    const app = appOf({
      issuers: [
        { issuer: issuer.issuer, audience: 'orders', jwksUri },
        { issuer: 'https://tenant.example.com', audience: 'orders', jwksUri },
      ],
    });
    expect((await get(app, token())).statusCode).toBe(200);
    expect((await get(app, token({ iss: 'https://tenant.example.com' }))).statusCode).toBe(200);
    expect(server.requests).toEqual(['/keys']);
  });
});

describe('A user pool of Cognito', () => {
  const userPoolId = 'eu-central-1_a1b2c3d4e';
  const pool = new TestIssuer(`https://cognito-idp.eu-central-1.amazonaws.com/${userPoolId}`);
  const access = (claims: TestClaims = {}) =>
    pool.sign({ sub: 'ann', client_id: 'web', token_use: 'access', ...claims });
  const app = (more: object = {}) =>
    appOf({ cognito: { userPoolId, clientId: 'web', jwks: pool.jwks as never, ...more } });

  it.each([
    ['of the client', () => access({ 'cognito:groups': ['admin'], scope: 'a b' }), 200],
    ['of another client', () => access({ client_id: 'other' }), 401],
    ['without a client', () => access({ client_id: undefined }), 401],
    ['that says who somebody is', () => access({ token_use: 'id', aud: 'web' }), 401],
    ['without a use', () => access({ token_use: undefined }), 401],
    ['for an audience instead of a client', () => access({ client_id: undefined, aud: 'web' }), 401],
    ['of another pool', () => access({ iss: `${pool.issuer}x` }), 401],
    ['without an expiry', () => access({ exp: undefined }), 401],
  ])('accepts or refuses an access token %s', async (_what, make, status) => {
    expect((await get(app(), make())).statusCode).toBe(status);
  });

  it('has groups as roles', async () => {
    const response = await get(app(), access({ 'cognito:groups': ['admin'], roles: ['x'], scope: 'a b' }));
    expect(response.json()).toMatchObject({ id: 'ann', roles: ['admin'], scopes: ['a', 'b'] });
  });

  it('may be one of two issuer names of the pool, and of several pools', async () => {
    const global = new TestIssuer(`https://issuer-cognito-idp.eu-central-1.amazonaws.com/${userPoolId}`);
    const both = appOf({
      cognito: [
        { userPoolId, clientId: 'web', jwks: global.jwks as never },
        { userPoolId: 'us-east-1_x', clientId: ['a'], jwks: pool.jwks as never },
      ],
    });
    expect((await get(both, global.sign({ sub: 'a', client_id: 'web', token_use: 'access' }))).statusCode).toBe(200);
    expect((await get(both, access())).statusCode).toBe(401);
  });

  it('accepts id tokens if they are asked for', async () => {
    const id = pool.sign({ sub: 'ann', aud: 'web', token_use: 'id' });
    expect((await get(app({ tokenUse: 'id' }), id)).statusCode).toBe(200);
    expect((await get(app({ tokenUse: 'id' }), access())).statusCode).toBe(401);
  });
});

describe('AuthGuard under APP_GUARD', () => {
  @Controller()
  class Mixed {
    static shipped: unknown[] = [];
    @Get('me') me() {
      return 'me';
    }
    @Get('open') @Public() open() {
      return 'open';
    }
    @Options('me') options() {
      return 'options';
    }
    @OnSqs('orders') ship(@Body() order: unknown) {
      Mixed.shipped.push(order);
    }
  }
  const app = () =>
    createApp(
      {
        imports: [JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders' })],
        controllers: [Mixed],
        providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
      },
      { cors: { origin: ['https://shop.example.com'] }, requestsVia: { sqs: ['requests'] } },
    );

  it('guards every route, except for public ones', async () => {
    const one = app();
    expect((await inject(one, { url: '/me' })).statusCode).toBe(401);
    expect((await inject(one, { url: '/open' })).statusCode).toBe(200);
    expect((await inject(one, { url: '/me', method: 'OPTIONS' })).statusCode).toBe(401);
    expect((await get(one, token())).statusCode).toBe(200);
    expect((await inject(one, { url: '/nowhere' })).statusCode).toBe(404);
  });

  it('lets a browser read the refusal, and ask before', async () => {
    const headers = { origin: 'https://shop.example.com' };
    const refused = await inject(app(), { url: '/me', headers });
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, headers.origin]);
    const preflight = { ...headers, 'access-control-request-method': 'GET' };
    expect((await inject(app(), { url: '/me', method: 'OPTIONS', headers: preflight })).statusCode).toBe(204);
  });

  it('is not asked for messages', async () => {
    const result = await app().handler(events.sqs('orders', ['{"a":1}']), fakeContext());
    expect(result).toEqual({ batchItemFailures: [] });
    expect(Mixed.shipped).toHaveLength(1);
  });
});

describe('TokenVerifier', () => {
  it('verifies tokens outside of requests, such as those of an authorizer', async () => {
    const app = await appOf().ready();
    const verifier = app.get(TokenVerifier);
    await expect(Promise.resolve(verifier.verify(token()))).resolves.toMatchObject({ id: 'ann' });
    expect(() => verifier.verify(undefined as never)).toThrow(/access token is invalid/);
  });

  it('lets an authorizer refuse with the 401 of its gateway', async () => {
    @Controller()
    class Authorizer {
      constructor(private readonly tokens: TokenVerifier) {}
      @OnAuthorize() async authorize(@Body() event: { authorizationToken: string }) {
        const { id } = await this.tokens.verify(event.authorizationToken);
        return id === 'ann';
      }
    }
    const imports = [JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders' })];
    const app = createApp({ imports, controllers: [Authorizer] });
    const ask = (given: string) => app.handler(events.authorizerToken({ token: given }), fakeContext());
    expect(JSON.stringify(await ask(token()))).toContain('"Effect":"Allow"');
    await expect(ask(token({ aud: 'invoices' }))).rejects.toThrow('Unauthorized');
  });
});

const forRoot = (options: object) => JwtModule.forRoot(options as JwtModuleOptions);

describe('Mistakes are reported at the start', () => {
  it.each([
    [{}, /one of the options issuer/],
    [{ issuer: undefined, audience: undefined }, /one of the options issuer/],
    [{ issuer: 'https://a.example.com' }, /needs the option audience/],
    [{ issuer: 'https://a.example.com', audience: [] }, /needs the option audience/],
    [{ issuer: 'https://a.example.com', audience: null }, /audience/],
    [{ audience: 'a' }, /needs the option issuer/],
    [{ issuer: 'https://a.example.com', audience: 'a', cognito: {} }, /one of the options/],
    [{ cognito: { userPoolId: 'eu-central-1_a' } }, /needs the option cognito.clientId/],
    [{ cognito: { userPoolId: 'eu-central-1_a', clientId: null } }, /clientId/],
    [{ cognito: { userPoolId: 'eu-central-1_a', clientId: 'a', tokenUse: null } }, /tokenUse/],
    [{ cognito: [] }, /one of the options/],
    [{ issuers: [] }, /one of the options/],
    [{ issuers: [{ issuer: 'https://a.example.com' }] }, /needs the option audience/],
    [{ issuer: 'https://a.example.com', audience: 'a', algorithms: ['HS256'] }, /algorithms/],
    [{ issuer: 'https://a.example.com', audience: 'a', algorithms: [] }, /algorithms/],
    [{ issuer: 'https://a.example.com', audience: 'a', algorithm: 'RS256' }, /algorithm/],
    [{ issuer: 'https://a.example.com', audience: 'a', jwksUri: 'http://a.example.com' }, /https alone/],
    [
      {
        issuers: [
          { issuer: 'https://a.example.com', audience: 'a' },
          { issuer: 'https://a.example.com', audience: 'b' },
        ],
      },
      /twice/,
    ],
  ])('%j', (options, message) => {
    expect(() => forRoot(options)).toThrow(BootstrapError);
    expect(() => forRoot(options)).toThrow(message);
  });

  it('a user pool whose id is none', async () => {
    const app = createApp({ imports: [forRoot({ cognito: { userPoolId: 'pool', clientId: 'a' } })] });
    await expect(app.ready()).rejects.toThrow(/User Pool ID/i);
  });

  it('options of a factory', async () => {
    const app = createApp({ imports: [JwtModule.forRootAsync({ useFactory: () => ({ issuer: '' }) as never })] });
    await expect(app.ready()).rejects.toThrow(BootstrapError);
  });

  it('a guard without a module', async () => {
    await expect(createApp({ controllers: [Orders] }).ready()).rejects.toThrow(/need a module that authenticates/);
  });
});
