import { HttpException } from '../../../src/errors/http-exception.js';
import { checkedHeaders } from '../../../src/http/message/headers.js';
import { EventSourceResponse } from '../../../src/http/response/event-source-response.js';
import { FileResponse } from '../../../src/http/response/file-response.js';
import { HtmlResponse } from '../../../src/http/response/html-response.js';
import { JsonResponse } from '../../../src/http/response/json-response.js';
import { RedirectResponse } from '../../../src/http/response/redirect-response.js';
import type { ResponseHead } from '../../../src/http/response/rendered-response.js';
import { responseHead } from '../../../src/http/response/response-head.js';
import { Response } from '../../../src/http/response/response.js';
import { StreamResponse } from '../../../src/http/response/stream-response.js';
import { responseFrom } from '../../../src/pipeline/from-middy.js';

function typeOf(response: Response): unknown {
  return responseHead(response).headers['content-type'];
}

describe('the content type of an answer', () => {
  it.each([
    ['text', new Response('x'), 'text/plain; charset=utf-8'],
    ['an object', new Response({ a: 1 }), 'application/json'],
    ['a number', new Response(1), 'application/json'],
    ['bytes', new Response(Buffer.from('x')), 'application/octet-stream'],
    ['nothing', new Response(), undefined],
    ['JSON', new JsonResponse('x'), 'application/json'],
    ['HTML', new HtmlResponse('<p>'), 'text/html; charset=utf-8'],
    ['a stream', new StreamResponse(['x']), 'application/octet-stream'],
    ['a media type', new Response('x', { mediaType: 'text/csv' }), 'text/csv; charset=utf-8'],
    ['a JSON subtype', new JsonResponse({}, { mediaType: 'application/problem+json' }), 'application/problem+json'],
  ])('follows from %s', (_what, response, type) => {
    expect(typeOf(response)).toBe(type);
  });

  it('is what a header of any case says, whatever the media type', () => {
    expect(typeOf(new Response('x', { mediaType: 'text/csv', headers: { 'Content-TYPE': 'text/x-own' } }))).toBe(
      'text/x-own',
    );
  });

  it('carries the charset of the response', () => {
    const response = new Response('x');
    response.charset = 'iso-8859-1';
    expect(typeOf(response)).toBe('text/plain; charset=iso-8859-1');
  });

  it('is the one of the injected response, then the route, where the returned one names none', () => {
    const routeHeaders = [['Content-Type', 'text/route']] as const;
    const injected = new Response(undefined, { mediaType: 'text/injected' });
    expect(responseHead(new Response('x'), { routeHeaders, injected }).headers['content-type']).toBe(
      'text/injected; charset=utf-8',
    );
    expect(responseHead(new Response('x'), { routeHeaders }).headers['content-type']).toBe('text/route');
    expect(responseHead(new JsonResponse('x'), { routeHeaders, injected }).headers['content-type']).toBe(
      'application/json',
    );
    expect(responseHead(new Response('"x"'), { mediaType: 'application/json' }).headers['content-type']).toBe(
      'application/json',
    );
  });

  it.each([204, 205, 304])('is absent with %d, as is a length', (statusCode) => {
    const response = new JsonResponse({ a: 1 }, { statusCode, headers: { 'Content-Length': '7', etag: '"x"' } });
    expect(responseHead(response).headers).toEqual({ etag: '"x"' });
  });
});

describe('the status of an answer', () => {
  it('is the returned response’s, then the injected one’s, then the route’s, then 200', () => {
    const injected = new Response();
    injected.statusCode = 202;
    expect(responseHead(new Response('x', { statusCode: 418 }), { injected, status: 201 }).statusCode).toBe(418);
    expect(responseHead(new Response('x'), { injected, status: 201 }).statusCode).toBe(202);
    expect(responseHead(new Response('x'), { status: 201 }).statusCode).toBe(201);
    expect(responseHead(new Response('x')).statusCode).toBe(200);
  });

  it.each([0, 99, 600, 200.5, NaN, '200' as unknown as number])('must not be %p', (statusCode) => {
    expect(() => responseHead(new Response('x', { statusCode }))).toThrow(`not ${statusCode}`);
  });
});

function headNaming(value: string | string[]): ResponseHead {
  return responseHead(new Response('x', { headers: { 'X-Name': value } }));
}

describe('the headers of an answer', () => {
  it('have lower-case names; the returned ones win over the injected ones, those over the route’s', () => {
    const injected = new Response(undefined, {
      headers: { 'X-Both': 'injected', 'X-Injected': 'i', 'X-Route': 'injected' },
    });
    const response = new Response(null, { headers: { 'x-BOTH': 'returned' } });
    const routeHeaders = [
      ['X-Route', 'route'],
      ['Cache-Control', 'no-store'],
    ] as const;
    expect(responseHead(response, { injected, routeHeaders }).headers).toEqual({
      'x-both': 'returned',
      'x-injected': 'i',
      'x-route': 'injected',
      'cache-control': 'no-store',
    });
  });

  it('may be numbers and booleans, leave out undefined and null, and keep a line a value', () => {
    const headers = {
      a: 1,
      b: false,
      c: undefined,
      d: null,
      e: ['1', '2'],
      f: ['1', undefined, null, 2],
      location: new URL('https://a.example/'),
    };
    expect(responseHead(new Response(null, { headers: headers as unknown as Record<string, string> })).headers).toEqual(
      {
        a: '1',
        b: 'false',
        e: ['1', '2'],
        f: ['1', '2'],
        location: 'https://a.example/',
      },
    );
  });

  it.each([
    ['an object', {}],
    ['a promise', Promise.resolve('secret')],
    ['a function', () => 'secret'],
    ['Symbol', Symbol('x')],
    ['a list', ['a', ['secret']]],
    ['an object of the class Date', new Date(0)],
    ['an object of the class Map', new Map([['a', 'secret']])],
    ['a list', [[]]],
  ])('refuse %s as a value without telling it', (what, value) => {
    const headers = { 'X-Name': value } as unknown as Record<string, string>;
    for (const given of [() => responseHead(new Response('x', { headers })), () => checkedHeaders(headers)]) {
      expect(given).toThrow(`The response header "x-name" is ${what}`);
      expect(given).not.toThrow('secret');
    }
  });

  it.each([
    [new Headers({ a: '1' }), 'Headers'],
    [new Map([['a', '1']]), 'Map'],
    [[['a', '1']], 'Array'],
    [new URLSearchParams('a=1'), 'URLSearchParams'],
  ])('are refused as %p, whose entries would be lost', (given, what) => {
    const headers = given as unknown as Record<string, string>;
    for (const make of [
      () => new Response('x', { headers }),
      () => new JsonResponse({}, { headers }),
      () => new StreamResponse(['x'], { headers }),
      () => new EventSourceResponse(['x'], { headers }),
      () => new FileResponse(__filename, { headers }),
      () => new FileResponse(__filename, { headers, filename: 'a' }),
      () => new RedirectResponse('/', { headers }),
    ])
      expect(make).toThrow(`The headers of a Response are ${what}: pass a plain object`);
    expect(() => new HttpException(429, undefined, { headers })).toThrow(
      `The headers of an HttpException are ${what}: pass a plain object`,
    );
    expect(() => responseFrom({ statusCode: 200, headers })).toThrow(
      `The headers of a middleware are ${what}: pass a plain object`,
    );
  });

  it('may hold Latin-1 and tabs', () => {
    expect(responseHead(new Response(null, { headers: { 'X-Name': 'José\t!' } })).headers).toEqual({
      'x-name': 'José\t!',
    });
  });

  it.each([
    ['a\r\nset-cookie: admin=1', 'U+000D'],
    ['a\nb', 'U+000A'],
    ['a\rb', 'U+000D'],
    ['a\0b', 'U+0000'],
    ['a\x7f', 'U+007F'],
    ['a🍋', 'U+1F34B'],
  ])('refuse the value %j without telling it', (value, code) => {
    const refusal = `"x-name" has the character ${code} at index 1`;
    expect(() => headNaming(value)).toThrow(refusal);
    expect(() => headNaming(['ok', value])).toThrow(refusal);
    expect(() => headNaming(value)).not.toThrow('admin');
    expect(() => responseHead(new Response('x'), { routeHeaders: [['X-Name', value]] })).toThrow(refusal);
    expect(() => responseHead(new Response('x', { mediaType: `text/${value}` }))).toThrow(
      `"content-type" has the character ${code}`,
    );
  });

  it.each(['', 'a b', 'a:', 'ü', 'a\r\nb'])('refuse the name %j', (name) => {
    expect(() => responseHead(new Response('x', { headers: { [name]: 'x' } }))).toThrow(
      `${JSON.stringify(name)} is not a header name`,
    );
  });
});

describe('the cookies of an answer', () => {
  it('are those of both responses, and of set-cookie headers', () => {
    const injected = new Response().cookie('a', '1');
    const response = new Response('x', { headers: { 'Set-Cookie': ['b=2; Path=/', 'c=3'] } }).cookie('d', '4');
    const head = responseHead(response, { injected });
    expect(head.cookies).toEqual(['a=1', 'b=2; Path=/', 'c=3', 'd=4']);
    expect(head.headers).not.toHaveProperty('set-cookie');
  });

  it('are not doubled when the injected response is the one returned', () => {
    const response = new Response('x').cookie('a', '1');
    expect(responseHead(response, { injected: response }).cookies).toEqual(['a=1']);
  });

  it('refuse line breaks however they got there', () => {
    const response = new Response('x');
    response.cookies.push('a=1\r\nx-evil: 1');
    expect(() => responseHead(response)).toThrow('"set-cookie" has the character U+000D at index 3');
    expect(() => new Response('x').cookie('a\r\nb', '1')).toThrow(TypeError);
    expect(() => new Response('x').cookie('a', '1', { path: '/\r\nx: 1' })).toThrow(TypeError);
    expect(new Response('x').cookie('a', '1\r\n2').cookies).toEqual(['a=1%0D%0A2']);
  });
});
