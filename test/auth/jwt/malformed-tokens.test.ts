import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { JwtModule } from '../../../src/auth/jwt/jwt-module.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { forge, part } from '../forge.js';
import { Orders } from '../orders-controller.js';

// Tokens with the signature of the issuer's own key, so that nothing but the check in question can refuse them.

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a' }] } as never;
const HEADER = { alg: 'ES256', kid: 'a' };
const NOW = Math.floor(Date.now() / 1000);
const CLAIMS = { iss: 'https://auth.example.com', aud: 'orders', sub: 'ann', exp: NOW + 3600 };

beforeEach(() => {
  captureStdout();
});
afterEach(() => jest.restoreAllMocks());

function appOf() {
  return createApp({
    imports: [JwtModule.forRoot({ issuer: CLAIMS.iss, audience: ['orders', 'carts'], jwks })],
    controllers: [Orders],
  });
}

type App = ReturnType<typeof appOf>;

async function statusOf(app: App, token: string, url = '/me'): Promise<number> {
  return (await inject(app, { url, headers: { authorization: `Bearer ${token}` } })).statusCode;
}

/** A token whose members may have any JSON text, such as `1e400`, which is no value of JavaScript. */
function signedText(header: object, payload: Readonly<Record<string, string>>): string {
  const members = Object.entries(payload).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return forge(header, `{${members.join()}}`, privateKey);
}

const texts = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));

const NO_TEXT = ['null', 'true', '0', '1', '{}', '[]', '[null]', '""', '{"toString":"x"}'];

/** What no claim may be, as JSON. */
const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  iss: [...NO_TEXT, '["https://auth.example.com"]', '"https://AUTH.example.com"', '"https://auth.example.com "'],
  aud: [
    ...NO_TEXT,
    '["orders",1]',
    '["order"]',
    '"ORDERS"',
    '" orders"',
    '"orders carts"',
    '"orders,carts"',
    '{"0":"orders","length":1}',
    '[["orders"]]',
  ],
  sub: [...NO_TEXT, '["ann"]'],
  exp: ['null', 'true', '"9999999999"', '[9999999999]', '{}', '1e400', '-1e400', '0', '-1', '-1e300', '1e-300'],
  nbf: ['null', 'true', '"0"', '[]', '1e400', '1e300', '99999999999'],
  iat: ['null', 'true', '"0"', '[]', '1e400'],
};

describe.each(Object.keys(MALFORMED))('A signed token is refused with the claim %s', (claim) => {
  it.each(MALFORMED[claim]!)('%s', async (text) => {
    const token = signedText(HEADER, { ...texts(CLAIMS), [claim]: text });
    expect(await statusOf(appOf(), token)).toBe(401);
  });
});

it('The same token without a malformed claim is accepted', async () => {
  expect(await statusOf(appOf(), signedText(HEADER, texts(CLAIMS)))).toBe(200);
  expect(await statusOf(appOf(), signedText(HEADER, { ...texts(CLAIMS), aud: '["other","carts"]' }))).toBe(200);
});

/** Every way to write a word in upper and lower case. */
function spellings(word: string): string[] {
  return [...word].reduce<string[]>(
    (known, letter) => known.flatMap((start) => [start + letter.toLowerCase(), start + letter.toUpperCase()]),
    [''],
  );
}

const ALGORITHMS: readonly unknown[] = [
  ...spellings('none'),
  ' none',
  'none ',
  'none\u0000',
  '',
  null,
  0,
  [],
  ['ES256'],
  {},
  'HS256',
  'HS384',
  'HS512',
  'ES256K',
  'ES256 ',
  'es256',
  'PS256',
  '__proto__',
  'constructor',
];

it.each(ALGORITHMS)('No token has the algorithm %j, with a signature or without', async (alg) => {
  const app = appOf();
  const header = { ...HEADER, alg };
  expect(await statusOf(app, forge(header, CLAIMS, privateKey))).toBe(401);
  expect(await statusOf(app, forge(header, CLAIMS, JSON.stringify(publicKey.export({ format: 'jwk' }))))).toBe(401);
  const unsigned = `${part(header)}.${part(CLAIMS)}.`;
  // Without a signature, `Bearer` has no token (RFC 6750, section 2.1), or one that is not valid.
  expect([400, 401]).toContain(await statusOf(app, unsigned));
  expect(await statusOf(app, `${unsigned}AA`)).toBe(401);
});

const KEY_IDS: readonly unknown[] = [
  null,
  0,
  '',
  'A',
  'a ',
  ['a'],
  { toString: 'a' },
  '__proto__',
  'constructor',
  '0',
  '../a',
  "a' OR '1'='1",
  'a\u0000',
  'a'.repeat(10_000),
];

it.each(KEY_IDS.map((kid) => [JSON.stringify(kid).slice(0, 30), kid]))(
  'A key id is exact, and %s is none',
  async (_text, kid) => {
    expect(await statusOf(appOf(), forge({ ...HEADER, kid }, CLAIMS, privateKey))).toBe(401);
  },
);

it('A token inside of a token is none', async () => {
  const inner = forge(HEADER, CLAIMS, privateKey);
  const app = appOf();
  expect(await statusOf(app, forge({ ...HEADER, cty: 'JWT' }, inner, privateKey))).toBe(401);
  expect(await statusOf(app, forge({ ...HEADER, cty: 'JWT' }, JSON.stringify(inner), privateKey))).toBe(401);
  expect([400, 401]).toContain(await statusOf(app, `${part({ alg: 'none', cty: 'JWT' })}.${part(inner)}.`));
});

const isRole = (value: unknown) => value === 'admin' || (Array.isArray(value) && value.includes('admin'));

it('No claims make a role or a scope but lists of text', async () => {
  const app = appOf();
  const malformed = fc.oneof(
    fc.constantFrom<unknown>('administrator', { admin: true }, { 0: 'admin', length: 1 }, [['admin']], 'admin user'),
    fc.constantFrom<unknown>([{ toString: 'admin' }], ['ADMIN'], ['admin '], 1, true, null, '__proto__', [
      'constructor',
    ]),
    fc.string(),
    fc.array(fc.anything({ maxDepth: 1 })),
  );
  await fc.assert(
    fc.asyncProperty(
      malformed.filter((value) => !isRole(value)),
      fc.constantFrom('roles', 'cognito:groups', 'role', 'groups'),
      async (value, name) => {
        const token = forge(HEADER, { ...CLAIMS, [name]: value }, privateKey);
        expect(await statusOf(app, token, '/admin')).toBe(token.length > 16_384 ? 401 : 403);
      },
    ),
    { numRuns: 60 },
  );
});
