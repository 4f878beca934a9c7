import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { OptionalAuth } from '../../../src/auth/access-decorators.js';
import { AlbAuthModule } from '../../../src/auth/alb/alb-auth-module.js';
import type { AlbAuthModuleOptions } from '../../../src/auth/alb/alb-options.js';
import { CurrentUser } from '../../../src/auth/current-user.js';
import { JwtModule } from '../../../src/auth/jwt/jwt-module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { ForbiddenException } from '../../../src/errors/exceptions.js';
import type { RequestUser } from '../../../src/http/request/request-user.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject, type InjectResponse } from '../../../src/testing/inject.js';
import { TestIssuer } from '../../../src/testing/test-issuer.js';
import { TestLoadBalancer } from '../../../src/testing/test-load-balancer.js';
import { createApp, SOURCES } from '../../application/create-app.js';
import { gate } from '../../gate.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';
import { attacker, forge, part } from '../forge.js';
import { JwksServer } from '../jwks-server.js';
import { Orders } from '../orders-controller.js';

const HEADER = 'x-amzn-oidc-data';
const arn = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/${name}/50dc6c495c0c9188`;
const MINE = arn('web');
const ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a1b2c3d4e';
const CLIENT = '4fmvhv22tjrgd7d3k3tghttct7';

let server: JwksServer;
let alb: TestLoadBalancer;
let other: TestLoadBalancer;
let stdout: CapturedStdout;
let now: number;

beforeEach(async () => {
  server = await JwksServer.start();
  alb = new TestLoadBalancer({ loadBalancer: MINE, issuer: ISSUER, clientId: CLIENT });
  other = new TestLoadBalancer({ loadBalancer: arn('other'), issuer: ISSUER, clientId: CLIENT });
  server.respond = pemAt;
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

/** The endpoint of the region has the keys of all load balancers, each as PEM at its id. */
function pemAt(path: string): string | undefined {
  const jwk = [...alb.jwks.keys, ...other.jwks.keys].find(({ kid }) => path === `/${kid}`);
  return jwk && createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}

function optionsOf(options: Partial<AlbAuthModuleOptions> = {}): AlbAuthModuleOptions {
  return { loadBalancer: MINE, issuer: ISSUER, clientId: CLIENT, keysUrl: server.url, ...options };
}

@Controller()
class Home {
  @Get('home') @OptionalAuth() home(@CurrentUser() user?: RequestUser) {
    return { user: user?.id ?? 'nobody' };
  }
}

const appOf = (options: Partial<AlbAuthModuleOptions> = {}): LambdaApplication =>
  createApp(
    { imports: [AlbAuthModule.forRoot(optionsOf(options))], controllers: [Orders, Home] },
    { requestsVia: { sqs: ['requests'] } },
  );

const get = (app: LambdaApplication, data: string, url = '/me'): Promise<InjectResponse> =>
  inject(app, { source: 'alb', url, headers: { [HEADER]: data } });

const header = (changes: object = {}) => ({
  typ: 'JWT',
  kid: kidOf(alb),
  alg: 'ES256',
  iss: ISSUER,
  client: CLIENT,
  signer: MINE,
  exp: Math.floor(now / 1000) + 120,
  ...changes,
});
const payload = (changes: object = {}) => ({ sub: 'ann', exp: Math.floor(now / 1000) + 120, iss: ISSUER, ...changes });
const kidOf = ({ jwks }: TestLoadBalancer) => jwks.keys.at(-1)!.kid;

describe.each(['alb', 'albMultiValue'] as const)('A user whom the load balancer has signed in (%s)', (source) => {
  it('is known', async () => {
    const data = alb.sign({ sub: 'ann', email: 'ann@example.com', roles: ['a'], scope: 'x y' });
    const response = await inject(appOf(), { source, url: '/me', headers: { [HEADER]: data } });
    expect(response.json()).toMatchObject({
      id: 'ann',
      method: 'alb',
      roles: ['a'],
      scopes: ['x', 'y'],
      claims: { sub: 'ann', email: 'ann@example.com', iss: ISSUER },
    });
    expect(server.requests).toEqual([`/${kidOf(alb)}`]);
  });

  it('may be unknown on a route with @OptionalAuth()', async () => {
    const app = appOf();
    expect((await inject(app, { source, url: '/home' })).json()).toEqual({ user: 'nobody' });
    expect((await get(app, alb.sign({ sub: 'ann' }), '/home')).json()).toEqual({ user: 'ann' });
    expect((await get(app, 'rubbish', '/home')).statusCode).toBe(401);
    expect((await inject(app, { source, url: '/me' })).statusCode).toBe(401);
  });
});

it.each([0, 1, 2])('The padding of a load balancer is understood (%d)', async (length) => {
  const data = alb.sign({ sub: 'ann', filler: 'x'.repeat(length) });
  const app = appOf();
  expect((await get(app, data)).statusCode).toBe(200);
  // It is signed: without it, the text is another one.
  const bare = data.replaceAll('=', '');
  expect((await get(app, bare)).statusCode).toBe(bare.split('.', 2).join() === data.split('.', 2).join() ? 200 : 401);
});

it('Claims may be in any language', async () => {
  const claims = { sub: 'Zoë', name: 'Ζωή ☃ 😀 ÿþ>>>???', family_name: '\u0000\ud800"\\' };
  const response = await get(appOf(), alb.sign(claims));
  expect(response.json()).toMatchObject({ id: 'Zoë', claims });
});

it('Roles and scopes come from where the options say, and the option user may refuse', async () => {
  const app = appOf({
    roles: 'custom:roles',
    user: ({ id }) => {
      if (id === 'eve') throw new ForbiddenException('Not you');
      return {};
    },
  });
  expect((await get(app, alb.sign({ sub: 'ann', 'custom:roles': 'admin' }), '/admin')).statusCode).toBe(200);
  expect((await get(app, alb.sign({ sub: 'ann', roles: 'admin' }), '/admin')).statusCode).toBe(403);
  expect((await get(app, alb.sign({ sub: 'eve' }))).statusCode).toBe(403);
});

describe('Keys', () => {
  it('are fetched once, for all requests that wait, and each request has its own user', async () => {
    const opened = gate();
    server.respond = (path) => opened.passed.then(() => pemAt(path));
    const app = appOf();
    const users = ['ann', 'bob', 'eve', 'ann'];
    const responses = users.map((sub) => get(app, alb.sign({ sub })));
    opened.open();
    expect((await Promise.all(responses)).map((response) => response.json<{ id: string }>().id)).toEqual(users);
    expect((await get(app, alb.sign({ sub: 'zoe' }))).json()).toMatchObject({ id: 'zoe' });
    expect(server.requests).toHaveLength(1);
  });

  it('may be rotated, and the older one is still known', async () => {
    const app = appOf();
    const before = alb.sign({ sub: 'ann' });
    expect((await get(app, before)).statusCode).toBe(200);
    alb.rotate();
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
    expect((await get(app, before)).statusCode).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  it('are a 503 while their server is down, which is asked again after ten seconds', async () => {
    const app = appOf();
    const { port } = new URL(server.url);
    await server.close();
    const response = await get(app, alb.sign({ sub: 'ann' }));
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '10']);
    expect(stdout.text()).toContain('could not be fetched');
    server = await JwksServer.start(Number(port));
    server.respond = pemAt;
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(503);
    // Nor is any other key tried, such as one that a caller invents.
    expect((await get(app, forge(header({ kid: randomUUID() }), payload()))).statusCode).toBe(503);
    expect(server.requests).toEqual([]);
    pass(10);
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
  });

  it('are asked for no more while the server fails, and then again', async () => {
    const app = appOf();
    server.respond = () => Promise.reject(new Error('500'));
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(503);
    server.respond = pemAt;
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(503);
    expect(server.requests).toHaveLength(1);
    pass(10);
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
  });

  it('that are known stay in use while the server is down, and are withdrawn once it says so', async () => {
    const app = appOf();
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
    pass(3600);
    server.respond = () => Promise.reject(new Error('500'));
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
    expect(server.requests).toHaveLength(2);
    pass(10);
    server.respond = () => undefined;
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(401);
  });

  it('are replaced under their id, and what the old one has signed is refused', async () => {
    const app = appOf();
    const old = alb.sign({ sub: 'ann', exp: undefined }, { exp: Math.floor(now / 1000) + 7200 });
    expect((await get(app, old)).statusCode).toBe(200);
    pass(3600);
    const pem = attacker.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    server.respond = () => pem;
    expect((await get(app, old)).statusCode).toBe(401);
  });

  it('are fetched from their own server alone, which may not send to another', async () => {
    const evil = await JwksServer.start();
    const pem = attacker.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    evil.respond = () => pem;
    server.redirect = evil.url;
    expect((await get(appOf(), forge(header(), payload()))).statusCode).toBe(503);
    expect([server.requests.length, evil.requests]).toEqual([1, []]);
    await evil.close();
  });

  it.each([
    ['that are no PEM', () => 'rubbish', 503],
    ['of another type', () => rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(), 401],
  ])('%s sign nothing', async (_what, respond, status) => {
    server.respond = respond;
    expect((await get(appOf(), alb.sign({ sub: 'ann' }))).statusCode).toBe(status);
  });

  it('that callers invent are asked for once each, and push no known one out', async () => {
    const app = appOf();
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
    const kids = Array.from({ length: 120 }, () => randomUUID());
    for (const kid of [...kids, kids.at(-1)!])
      expect((await get(app, forge(header({ kid }), payload()))).statusCode).toBe(401);
    expect(server.requests).toEqual([kidOf(alb), ...kids].map((kid) => `/${kid}`));
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
    expect(server.requests).toHaveLength(121);
  });

  it('can be fetched in another way', async () => {
    const urls: string[] = [];
    const fetchKey = async (url: string) => {
      urls.push(url);
      return pemAt(new URL(url).pathname);
    };
    const imports = [AlbAuthModule.forRoot({ loadBalancer: MINE, issuer: ISSUER, clientId: CLIENT, fetchKey })];
    const app = createApp({ imports, controllers: [Orders] });
    expect((await get(app, alb.sign({ sub: 'ann' }))).statusCode).toBe(200);
    expect((await get(app, forge(header({ kid: randomUUID() }), payload()))).statusCode).toBe(401);
    expect(urls[0]).toBe(`https://public-keys.auth.elb.eu-central-1.amazonaws.com/${kidOf(alb)}`);
    expect(server.requests).toEqual([]);
  });
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A token that is signed with a secret, as the public key is known to everyone. */
function withSecret(given: object, secret: string): string {
  const signed = `${part(given)}.${part(payload())}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const ASKS_FOR_NO_KEY: Readonly<Record<string, () => string>> = {
  'another load balancer': () => other.sign({ sub: 'ann' }),
  'another load balancer whose name begins alike': () => alb.sign({ sub: 'ann' }, { signer: `${MINE}0` }),
  'several load balancers': () => alb.sign({ sub: 'ann' }, { signer: [MINE] }),
  'no load balancer': () => alb.sign({ sub: 'ann' }, { signer: undefined }),
  'another client': () => alb.sign({ sub: 'ann' }, { client: 'other' }),
  'no client': () => alb.sign({ sub: 'ann' }, { client: undefined }),
  'a list of clients': () => alb.sign({ sub: 'ann' }, { client: [CLIENT] }),
  'another issuer in the header': () => alb.sign({ sub: 'ann' }, { iss: 'https://evil.example.com' }),
  'another issuer among the claims': () => alb.sign({ sub: 'ann', iss: 'https://evil.example.com' }),
  'no issuer': () => alb.sign({ sub: 'ann', iss: undefined }),
  'the algorithm none': () => `${part(header({ alg: 'none' }))}.${part(payload())}.`,
  'the algorithm none, with a signature': () => forge(header({ alg: 'none' }), payload()),
  'no algorithm': () => forge(header({ alg: undefined }), payload()),
  'HS256 with the public key': () => withSecret(header({ alg: 'HS256' }), pemAt(`/${kidOf(alb)}`)!),
  'ES256 and the signature of a secret, and no key id': () => withSecret(header({ kid: undefined }), 'a'),
  RS256: () => forge(header({ alg: 'RS256' }), payload()),
  ES384: () => forge(header({ alg: 'ES384' }), payload()),
  'critical members': () => alb.sign({ sub: 'ann' }, { crit: ['a'] }),
  'no expiry in the header': () => alb.sign({ sub: 'ann' }, { exp: undefined }),
  'an expiry that is text': () => alb.sign({ sub: 'ann' }, { exp: '4000000000' }),
  'an expiry that is no number': () => forge(header(), payload()).replace(/^[^.]+/, part(beyond())),
  'a key id with a path': () => alb.sign({ sub: 'ann' }, { kid: `../${kidOf(alb)}` }),
  'a key id with an encoded path': () => alb.sign({ sub: 'ann' }, { kid: `%2e%2e%2f${kidOf(alb)}` }),
  'a key id with a query': () => alb.sign({ sub: 'ann' }, { kid: `${kidOf(alb)}?a` }),
  'a key id with a line break': () => alb.sign({ sub: 'ann' }, { kid: `${kidOf(alb)}\n` }),
  'a key id that is a URL': () => alb.sign({ sub: 'ann' }, { kid: 'https://evil.example.com/key' }),
  'a key id that is no text': () => alb.sign({ sub: 'ann' }, { kid: 7 }),
  'no text': () => '',
  'two parts': () => alb.sign({ sub: 'ann' }).split('.').slice(0, 2).join('.'),
  'four parts': () => `${alb.sign({ sub: 'ann' })}.a`,
  'two tokens in one header': () => `${alb.sign({ sub: 'ann' })}, ${alb.sign({ sub: 'bob' })}`,
  'claims without a signature': () => JSON.stringify(payload()),
  'a text that is too long': () => alb.sign({ sub: 'ann', filler: 'x'.repeat(16_384) }),
};

function beyond(): string {
  return JSON.stringify(header()).replace(/"exp":\d+/, '"exp":1e400');
}

it.each(Object.keys(ASKS_FOR_NO_KEY))('Refused before a key is fetched: %s', async (name) => {
  const data = ASKS_FOR_NO_KEY[name]!();
  const response = await get(appOf(), data);
  expect([response.statusCode, response.json()]).toEqual([401, { detail: 'Authentication is required' }]);
  expect(response.headers['www-authenticate']).toBeUndefined();
  expect(server.requests).toEqual([]);
  if (data !== '') expect(stdout.text()).not.toContain(data);
});

const ITS_KEY_DISPROVES: Readonly<Record<string, () => string>> = {
  'a forged signature': () => forge(header(), payload()),
  'a key that the token brings': () => forge(header({ jwk: attacker.publicKey.export({ format: 'jwk' }) }), payload()),
  'a place of keys that the token brings': () => forge(header({ jku: 'https://evil.example.com' }), payload()),
  'the key of another load balancer': () => forge(header({ kid: kidOf(other) }), payload()),
  'what another load balancer has signed as this one': () =>
    other.sign({ sub: 'ann' }, { signer: MINE, kid: kidOf(alb) }),
  'claims that were changed': () =>
    alb.sign({ sub: 'ann' }).replace(/\.[^.]+\./, `.${part(payload({ sub: 'root' }))}.`),
  'a header that was changed': () => alb.sign({ sub: 'ann' }, { exp: 1 }).replace(/^[^.]+/, part(header())),
  'HS256 that is called ES256': () => withSecret(header(), pemAt(`/${kidOf(alb)}`)!),
  'no sub': () => alb.sign({ sub: undefined }),
  'a sub that is empty': () => alb.sign({ sub: '' }),
  'claims that are not valid yet': () => alb.sign({ sub: 'ann', nbf: Math.floor(now / 1000) + 60 }),
};

it.each(Object.keys(ITS_KEY_DISPROVES))('Refused with its key: %s', async (name) => {
  const response = await get(appOf(), ITS_KEY_DISPROVES[name]!());
  expect([response.statusCode, response.json()]).toEqual([401, { detail: 'Authentication is required' }]);
});

it.each([
  ['in the header', (exp: number) => alb.sign({ sub: 'ann', exp: undefined }, { exp })],
  ['among the claims', (exp: number) => alb.sign({ sub: 'ann', exp })],
])('An expiry %s counts, with a tolerance for clocks', async (_where, signed) => {
  const app = appOf();
  const seconds = Math.floor(now / 1000);
  expect((await get(app, signed(seconds - 4))).statusCode).toBe(200);
  const response = await get(app, signed(seconds - 7));
  expect([response.statusCode, response.json()]).toEqual([401, { detail: 'The session has expired' }]);
  expect((await get(appOf({ clockTolerance: 0 }), signed(seconds - 4))).statusCode).toBe(401);
});

describe('The header is believed in events of load balancers alone', () => {
  it.each(SOURCES.filter((source) => !source.startsWith('alb')))('and not in those of %s', async (source) => {
    const headers = { [HEADER]: alb.sign({ sub: 'ann' }), 'x-amzn-oidc-identity': 'ann' };
    const app = appOf();
    expect((await inject(app, { source, url: '/me', headers })).statusCode).toBe(401);
    expect((await inject(app, { source, url: '/home', headers })).json()).toEqual({ user: 'nobody' });
    expect(server.requests).toEqual([]);
  });

  it('and not in a request that came in a message', async () => {
    const carried = events.alb({ url: '/me', headers: { [HEADER]: alb.sign({ sub: 'ann' }) } });
    await appOf().handler(events.sqs('requests', [carried]), fakeContext());
    expect(server.requests).toEqual([]);
    expect(stdout.text()).toContain('"status_code":401');
  });

  it.each([
    ['x-amzn-oidc-identity', () => 'ann'],
    ['x-amzn-oidc-accesstoken', () => alb.sign({ sub: 'ann' })],
    ['authorization', () => `Bearer ${alb.sign({ sub: 'ann' })}`],
    ['cookie', () => `${HEADER}=${alb.sign({ sub: 'ann' })}`],
  ])('and no other header: %s', async (name, value) => {
    const response = await inject(appOf(), { source: 'alb', url: '/me', headers: { [name]: value() } });
    expect([response.statusCode, server.requests]).toEqual([401, []]);
  });
});

/** Returns the status, and how often a key was fetched. */
const refused = async (event: object) => {
  const { statusCode } = (await appOf().handler(event, fakeContext())) as { statusCode: number };
  return [statusCode, server.requests.length];
};

describe('Two headers are refused:', () => {
  it('as two values', async () => {
    const event = events.albMultiValue({ url: '/me' });
    for (const values of [
      [alb.sign({ sub: 'ann' }), alb.sign({ sub: 'bob' })],
      ['', alb.sign({ sub: 'ann' })],
      [alb.sign({ sub: 'ann' }), ''],
    ]) {
      const multiValueHeaders = { ...event.multiValueHeaders, [HEADER]: values };
      expect(await refused({ ...event, multiValueHeaders })).toEqual([401, 0]);
    }
  });

  it('as two names with lists', async () => {
    const event = events.albMultiValue({ url: '/me' });
    const multiValueHeaders = {
      ...event.multiValueHeaders,
      'X-AMZN-OIDC-DATA': [alb.sign({ sub: 'bob' })],
      [HEADER]: [alb.sign({ sub: 'ann' })],
    };
    expect(await refused({ ...event, multiValueHeaders })).toEqual([401, 0]);
  });

  it('as two names', async () => {
    const event = events.alb({ url: '/me' });
    const headers = {
      ...event.headers,
      'X-Amzn-Oidc-Data': alb.sign({ sub: 'bob' }),
      [HEADER]: alb.sign({ sub: 'ann' }),
    };
    expect(await refused({ ...event, headers })).toEqual([401, 0]);
  });
});

it('The first kind of credentials decides: the session, then a token', async () => {
  const issuer = new TestIssuer('https://auth.example.com');
  const tokens = JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders', jwks: issuer.jwks as never });
  const app = createApp({ imports: [tokens, AlbAuthModule.forRoot(optionsOf())], controllers: [Orders] });
  const authorization = `Bearer ${issuer.sign({ sub: 'machine', aud: 'orders' })}`;
  const ask = async (headers: Record<string, string>) => inject(app, { source: 'alb', url: '/me', headers });
  expect((await ask({ authorization })).json()).toMatchObject({ id: 'machine', method: 'jwt' });
  const both = { authorization, [HEADER]: alb.sign({ sub: 'ann' }) };
  expect((await ask(both)).json()).toMatchObject({ id: 'ann', method: 'alb' });
  expect((await ask({ authorization, [HEADER]: other.sign({ sub: 'ann' }) })).statusCode).toBe(401);
});

it('Several load balancers of a region and several clients may be declared', async () => {
  const app = appOf({ loadBalancer: [MINE, arn('other')], clientId: ['a', CLIENT] });
  expect((await get(app, other.sign({ sub: 'ann' }))).statusCode).toBe(200);
  expect((await get(app, alb.sign({ sub: 'ann' }, { client: 'a' }))).statusCode).toBe(200);
});

it('The log says why, and the response does not', async () => {
  await get(appOf(), other.sign({ sub: 'ann' }));
  expect(stdout.text()).toContain('Another load balancer signed the token');
});
