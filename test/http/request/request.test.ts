import { BadRequestException, PayloadTooLargeException } from '../../../src/errors/exceptions.js';
import { requestOf } from '../request-of.js';

describe('a request', () => {
  it('has method, path, url and query', () => {
    const request = requestOf({ method: 'PUT', url: '/a%2Fb?x=1&x=2&y=%C3%BC' });
    expect([request.method, request.path, request.url]).toEqual(['PUT', '/a%2Fb', '/a%2Fb?x=1&x=2&y=%C3%BC']);
    expect(request.query).toEqual({ x: ['1', '2'], y: 'ü' });
    expect(requestOf({ url: '/a' }).url).toBe('/a');
  });

  it('joins repeated headers and keeps them apart on demand', () => {
    const request = requestOf({ headers: { 'X-Tag': ['abc', 'a'], cookie: ['a=1', 'b=2'] } });
    expect(request.headers).toEqual({ 'x-tag': 'abc, a', cookie: 'a=1; b=2' });
    expect(request.headerValues('X-TAG')).toEqual(['abc', 'a']);
    expect(request.header('x-tag')).toBe('abc, a');
    expect(request.headers['constructor']).toBeUndefined();
  });

  it('has no cookies, parameters or body unless they came', () => {
    const request = requestOf();
    expect([{ ...request.cookies }, { ...request.params }, request.body(), request.text(), request.json()]).toEqual([
      {},
      {},
      null,
      '',
      undefined,
    ]);
  });

  it.each([
    ['the caller’s', 'abc-123', 'gateway', 'abc-123'],
    ['the gateway’s, where the caller’s has a line break', 'a\nb', 'gateway', 'gateway'],
    ['the gateway’s, where the caller’s is too long', 'x'.repeat(129), 'gateway', 'gateway'],
    ['the gateway’s, where the caller’s is empty', '', 'gateway', 'gateway'],
    ['Lambda’s, where there is no other', undefined, undefined, 'lambda-id'],
  ])('is known by an id: %s', (_what, own, gateway, id) => {
    const headers: Record<string, string> = own === undefined ? {} : { 'x-request-id': own };
    const request = requestOf(gateway === undefined ? { headers } : { headers, id: gateway });
    expect(request.id).toBe(id);
  });

  it('parses JSON once', () => {
    const request = requestOf({ body: '{"a":1}' });
    expect(request.json()).toEqual({ a: 1 });
    expect(request.json()).toBe(request.json());
  });

  it('is 400 with JSON that can not be parsed, the reason in the log only', () => {
    const request = requestOf({ body: '{"a":' });
    expect(() => request.json()).toThrow(BadRequestException);
    expect(() => request.json()).toThrow(expect.objectContaining({ detail: 'The body is not valid JSON' }));
  });

  it.each([
    ['bytes, not in characters', 'ééé', 5],
    ['bytes of ASCII', 'x'.repeat(6), 5],
  ])('is 413 over the body limit, counted in %s', (_what, body, bodyLimit) => {
    expect(() => requestOf({ body, bodyLimit }).body()).toThrow(PayloadTooLargeException);
    expect(() => requestOf({ body, bodyLimit }).text()).toThrow('The body has 6 bytes; the limit is 5');
    expect(requestOf({ body, bodyLimit: 6 }).text()).toBe(body);
  });
});
