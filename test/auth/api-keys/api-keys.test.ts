import { createHash, timingSafeEqual } from 'node:crypto';
import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { ApiKeyModule } from '../../../src/auth/api-keys/api-key-module.js';
import type { ApiKeyModuleOptions } from '../../../src/auth/api-keys/api-key-options.js';
import { JwtModule } from '../../../src/auth/jwt/jwt-module.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { inject } from '../../../src/testing/inject.js';
import { TestIssuer } from '../../../src/testing/test-issuer.js';
import { createApp, SOURCES } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { Orders } from '../orders-controller.js';

jest.mock('node:crypto', () => {
  const crypto = jest.requireActual<typeof import('node:crypto')>('node:crypto');
  return { ...crypto, timingSafeEqual: jest.fn(crypto.timingSafeEqual) };
});

let stdout: ReturnType<typeof captureStdout>;
beforeEach(() => {
  stdout = captureStdout();
});
afterEach(() => jest.restoreAllMocks());

const KEYS = [
  { name: 'shop', key: 'a3f1c0ffee', roles: ['admin'] },
  { name: 'shop', key: 'b4e2decade', scopes: ['orders:read'] },
  { name: 'erp', key: 'c5d3facade' },
];

function appOf(options: Partial<ApiKeyModuleOptions> = {}): LambdaApplication {
  return createApp({ imports: [ApiKeyModule.forRoot({ keys: KEYS, ...options })], controllers: [Orders] });
}

describe.each(SOURCES)('An API key in an event of %s', (source) => {
  it('identifies its caller', async () => {
    const response = await inject(appOf(), { url: '/me', source, headers: { 'X-Api-Key': 'c5d3facade' } });
    expect(response.json()).toEqual({ id: 'erp', method: 'api-key', roles: [], scopes: [], claims: {} });
  });
});

it('A key has roles and scopes', async () => {
  const app = appOf();
  const status = async (url: string, key: string) =>
    (await inject(app, { url, headers: { 'x-api-key': key } })).statusCode;
  expect(await status('/admin', 'a3f1c0ffee')).toBe(200);
  expect(await status('/admin', 'b4e2decade')).toBe(403);
  expect(await status('/read', 'b4e2decade')).toBe(200);
  expect(await status('/read', 'a3f1c0ffee')).toBe(403);
});

it.each(['', 'c5d3facad', 'c5d3facade0', 'C5D3FACADE', ' ', 'a3f1c0ffee, c5d3facade', 'x'.repeat(20_000), 'undefined'])(
  'The key %j is refused',
  async (key) => {
    const response = await inject(appOf(), { url: '/me', headers: { 'x-api-key': key } });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('ApiKey');
    expect(response.json()).toEqual({ detail: 'The API key is invalid' });
    if (key.length > 10) expect(stdout.text()).not.toContain(key);
  },
);

it('A request without a key is refused', async () => {
  const app = appOf();
  const response = await inject(app, { url: '/me' });
  expect([response.statusCode, response.headers['www-authenticate']]).toEqual([401, 'ApiKey']);
  expect((await inject(app, { url: '/me', query: { 'x-api-key': 'c5d3facade' } })).statusCode).toBe(401);
  expect((await inject(app, { url: '/me', headers: { authorization: 'Bearer c5d3facade' } })).statusCode).toBe(401);
});

it('A key is compared in constant time with every known key, and never as text', async () => {
  const compare = jest.mocked(timingSafeEqual);
  const app = await appOf().ready();
  for (const key of ['a3f1c0ffee', 'c5d3facade', 'x', '']) {
    compare.mockClear();
    await inject(app, { url: '/me', headers: { 'x-api-key': key } });
    expect(compare).toHaveBeenCalledTimes(KEYS.length);
    const digest = createHash('sha256').update(key).digest();
    for (const [known, given] of compare.mock.calls) expect([known.byteLength, given]).toEqual([32, digest]);
  }
});

it('The header and the user are options', async () => {
  const app = appOf({ header: 'X-Shop-Key', user: async ({ id }) => ({ id: `key:${id}` }) });
  const response = await inject(app, { url: '/me', headers: { 'x-shop-key': 'c5d3facade' } });
  expect(response.json()).toMatchObject({ id: 'key:erp' });
  expect((await inject(app, { url: '/me', headers: { 'x-api-key': 'c5d3facade' } })).statusCode).toBe(401);
});

it('Keys come from a factory', async () => {
  const app = createApp({
    imports: [ApiKeyModule.forRootAsync({ useFactory: async () => ({ keys: await Promise.resolve(KEYS) }) })],
    controllers: [Orders],
  });
  expect((await inject(app, { url: '/me', headers: { 'x-api-key': 'c5d3facade' } })).statusCode).toBe(200);
});

describe('Beside JwtModule', () => {
  const issuer = new TestIssuer('https://auth.example.com');
  const app = () =>
    createApp({
      imports: [
        ApiKeyModule.forRoot({ keys: KEYS }),
        JwtModule.forRoot({ issuer: issuer.issuer, audience: 'orders', jwks: issuer.jwks as never }),
      ],
      controllers: [Orders],
    });
  const authorization = `Bearer ${issuer.sign({ sub: 'ann', aud: 'orders' })}`;

  it('either is enough, and a challenge names both', async () => {
    expect((await inject(app(), { url: '/me', headers: { authorization } })).json()).toMatchObject({ id: 'ann' });
    expect((await inject(app(), { url: '/me', headers: { 'x-api-key': 'c5d3facade' } })).json()).toMatchObject({
      id: 'erp',
    });
    expect((await inject(app(), { url: '/me' })).headers['www-authenticate']).toBe('Bearer, ApiKey');
  });

  it('a token that is not valid is refused, even with a valid key', async () => {
    const headers = { authorization: 'Bearer a.b.c', 'x-api-key': 'c5d3facade' };
    expect((await inject(app(), { url: '/me', headers })).statusCode).toBe(401);
  });
});

describe('Mistakes are reported without the key', () => {
  it.each([
    [{}, /needs the option keys/],
    [{ keys: [] }, /needs the option keys/],
    [{ keys: 'secret-key' }, /needs the option keys/],
    [{ keys: { secret: 'secret-key' } }, /needs the option keys/],
    [{ keys: [{ name: 'a' }] }, /the key of a/],
    [{ keys: [{ name: 'a', key: '' }] }, /the key of a/],
    [{ keys: [{ name: 'a', key: 'secret key' }] }, /the key of a/],
    [{ keys: [{ name: 'a', key: undefined }] }, /the key of a/],
    [{ keys: [{ key: 'secret-key' }] }, /has no name/],
    [{ keys: [{ name: '', key: 'secret-key' }] }, /name/],
    [{ keys: [{ name: 'a', key: 'secret-key', role: 'admin' }] }, /role/],
    [{ keys: [{ name: 'a', key: 'secret-key', roles: 'admin' }] }, /roles/],
    [{ keys: [null] }, /the key of/],
    [{ keys: [...KEYS, { name: 'other', key: 'c5d3facade' }] }, /erp and other have the same key/],
    [{ keys: [...KEYS, { name: 'erp', key: 'c5d3facade', roles: ['admin'] }] }, /a key of erp is listed twice/],
    [{ keys: KEYS, header: 'a b' }, /header/],
    [{ keys: KEYS, header: 'Authorization' }, /header/],
  ])('%#', (options, message) => {
    const give = () => ApiKeyModule.forRoot(options as never);
    expect(give).toThrow(BootstrapError);
    expect(give).toThrow(message);
    expect(give).not.toThrow(/secret|c5d3/);
  });
});
