import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import type { RenderedHeaders } from '../../../src/http/message/headers.js';
import { checkCorsOptions, type CorsOptions } from '../../../src/http/policies/cors-options.js';
import { corsPolicy } from '../../../src/http/policies/cors.js';
import { requestOf } from '../request-of.js';

const APP = 'https://app.example.com';

function applied(
  options: CorsOptions | true,
  origin: string | undefined,
  headers: RenderedHeaders = {},
): RenderedHeaders {
  corsPolicy(options).apply(requestOf(origin === undefined ? {} : { headers: { origin } }), headers);
  return headers;
}

function preflight(options: CorsOptions | true, headers: Record<string, string> = {}, method = 'OPTIONS') {
  const request = requestOf({ method, headers: { origin: APP, 'access-control-request-method': 'PUT', ...headers } });
  return corsPolicy(options).preflight(request, ['GET', 'PUT']);
}

describe('a CORS policy', () => {
  it.each<[string, CorsOptions | true, string[]]>([
    ['nobody answers at a path', true, []],
    ['the option names none', { allowMethods: [] }, ['GET']],
  ])('has no empty list of methods where %s', (_, options, methods) => {
    const request = requestOf({ method: 'OPTIONS', headers: { origin: APP, 'access-control-request-method': 'PUT' } });
    expect(corsPolicy(options).preflight(request, methods)).toMatchObject({
      statusCode: 204,
      headers: { 'access-control-allow-origin': '*' },
    });
    expect(Object.keys(corsPolicy(options).preflight(request, methods)!.headers)).not.toContain(
      'access-control-allow-methods',
    );
  });

  it('lets anyone read by default, without telling origins apart', () => {
    expect(applied(true, APP)).toEqual({ 'access-control-allow-origin': '*' });
    expect(applied({}, undefined)).toEqual({ 'access-control-allow-origin': '*' });
  });

  it.each<[string, CorsOptions['origin'], string, boolean]>([
    ['its name', APP, APP, true],
    ['its name in other case', 'HTTPS://App.Example.com', APP, true],
    ['another name', APP, 'https://evil.example', false],
    ['a longer name', APP, `${APP}.evil.net`, false],
    ['a list', ['https://a.example', APP], APP, true],
    ['a pattern', /^https:\/\/\w+\.example\.com$/, APP, true],
    ['a pattern with memory', /example/g, APP, true],
    ['a function', (origin) => origin.endsWith('.com'), APP, true],
    ['a function', (origin) => origin.endsWith('.com'), 'https://x.net', false],
    ['true', true, 'https://anyone.example', true],
    ['null by name', 'null', 'null', true],
    ['an empty list', [], APP, false],
  ])('tells by %s', (_how, origin, from, allowed) => {
    const policy = corsPolicy({ origin });
    for (let round = 0; round < 3; round++) {
      const headers: RenderedHeaders = {};
      policy.apply(requestOf({ headers: { origin: from } }), headers);
      expect(headers).toEqual(allowed ? { 'access-control-allow-origin': from, vary: 'origin' } : { vary: 'origin' });
    }
  });

  it('tells caches that the answer depends on the origin, also where none was sent', () => {
    expect(applied({ origin: APP }, undefined, { vary: 'Accept' })).toEqual({ vary: 'Accept, origin' });
    expect(applied({ origin: APP }, undefined, { vary: 'accept, Origin' })).toEqual({ vary: 'accept, Origin' });
    expect(applied({ origin: APP }, undefined, { vary: ['accept', '*'] })).toEqual({ vary: ['accept', '*'] });
  });

  it('names the origin and the credentials where they are allowed', () => {
    expect(applied({ origin: true, credentials: true, exposeHeaders: ['x-total', 'etag'] }, APP)).toEqual({
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-total, etag',
      vary: 'origin',
    });
  });

  it('leaves an allowed origin that the answer has set itself', () => {
    expect(applied(true, APP, { 'access-control-allow-origin': 'https://own.example' })).toEqual({
      'access-control-allow-origin': 'https://own.example',
    });
  });

  it.each([`${APP}\r\nx-evil: 1`, 'https://ü.example', '', `https://${'a'.repeat(600)}.example`])(
    'reflects no origin like %j',
    (origin) => {
      expect(applied({ origin: true }, origin)).toEqual({ vary: 'origin' });
    },
  );

  it('answers a preflight with the methods of the path and the headers that were asked for', () => {
    expect(preflight({ origin: APP, maxAge: 600 }, { 'access-control-request-headers': 'content-type,x-a' })).toEqual({
      statusCode: 204,
      headers: {
        'access-control-allow-origin': APP,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-allow-headers': 'content-type,x-a',
        'access-control-max-age': '600',
        vary: 'origin, access-control-request-headers',
      },
      cookies: [],
      body: null,
    });
  });

  it('answers a preflight with the methods and headers of the options', () => {
    const headers = preflight({ allowMethods: ['GET'], allowHeaders: ['authorization'] })?.headers;
    expect(headers).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization',
    });
    expect(preflight({ allowHeaders: [] })?.headers).not.toHaveProperty('access-control-allow-headers');
  });

  it('answers a preflight of an origin that is not allowed with nothing but 204', () => {
    expect(preflight({ origin: 'https://other.example' })).toEqual({
      statusCode: 204,
      headers: { vary: 'origin' },
      cookies: [],
      body: null,
    });
  });

  it('does not echo what is no list of header names', () => {
    for (const asked of ['a\r\nx-evil: 1', 'x-a,'.repeat(2000)]) {
      expect(preflight(true, { 'access-control-request-headers': asked })?.headers).not.toHaveProperty(
        'access-control-allow-headers',
      );
    }
  });

  it('takes nothing else for a preflight', () => {
    expect(preflight(true, {}, 'GET')).toBeUndefined();
    const policy = corsPolicy(true);
    expect(policy.preflight(requestOf({ method: 'OPTIONS' }), [])).toBeUndefined();
    expect(policy.preflight(requestOf({ method: 'OPTIONS', headers: { origin: APP } }), [])).toBeUndefined();
    expect(
      policy.preflight(requestOf({ method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } }), []),
    ).toBeUndefined();
  });
});

describe('the cors option', () => {
  it.each<[string, unknown]>([
    ['Unknown in the option cors: origins', { origins: APP }],
    ["refuse credentials together with the origin '*'", { credentials: true }],
    ["refuse credentials together with the origin '*'", { origin: '*', credentials: true }],
    [
      "cors.allowHeaders: '*' has no meaning together with credentials",
      { origin: true, credentials: true, allowHeaders: ['*'] },
    ],
    ["'*' must stand alone", { origin: ['*', APP] }],
    ['is not an origin', { origin: `${APP}/` }],
    ['is not an origin', { origin: [`${APP}/path`] }],
    ['is not an origin', { origin: 'app.example.com' }],
    ['is not an origin', { origin: 7 }],
    ['is not an origin', { origin: false }],
    ['cors.allowMethods: "GET, POST" is not a name', { allowMethods: ['GET, POST'] }],
    ['cors.allowHeaders: "x-a\\r\\nx-evil: 1" is not a name', { allowHeaders: ['x-ok', 'x-a\r\nx-evil: 1'] }],
    ['cors.exposeHeaders: 7 is not a name', { exposeHeaders: [7] }],
    ['maxAge is', { maxAge: 1.5 }],
    ['maxAge is', { maxAge: '600' }],
  ])('is refused with "%s" for %j', (message, options) => {
    expect(() => checkCorsOptions(options as CorsOptions)).toThrow(BootstrapError);
    expect(() => checkCorsOptions(options as CorsOptions)).toThrow(message);
  });

  it.each(['http://localhost:3000', 'capacitor://localhost', 'http://[::1]:80', 'null', '*'])(
    'takes the origin %s',
    (origin) => {
      expect(() => checkCorsOptions({ origin })).not.toThrow();
    },
  );
});
