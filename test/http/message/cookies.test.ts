import fc from 'fast-check';
import { parseCookies, serializeCookie } from '../../../src/http/message/cookies.js';

describe('the Cookie header', () => {
  it.each([
    ['a=1; b=2', { a: '1', b: '2' }],
    ['a=%E2%82%AC', { a: '€' }],
    ['a="quoted"', { a: '"quoted"' }],
    ['a=%zz; b=2', { a: '%zz', b: '2' }],
    ['a=1; a=2', { a: '1' }],
    [';;; =x; nonsense; b=2', { b: '2' }],
    ['', {}],
  ])('%j is read as %j', (header, cookies) => {
    expect(parseCookies(header)).toMatchObject(cookies);
    expect(parseCookies(header)['nonsense']).toBeUndefined();
  });

  it('has no inherited cookies', () => {
    expect(parseCookies('a=1')['constructor']).toBeUndefined();
  });

  it('never fails a request', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => typeof parseCookies(header) === 'object'));
  });
});

describe('a response cookie', () => {
  it('is written with all its attributes', () => {
    const options = {
      domain: 'example.com',
      path: '/',
      maxAge: 60,
      expires: new Date(0),
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      partitioned: true,
      priority: 'high',
    } as const;
    expect(serializeCookie('session', 'a b;ü', options).split('; ').toSorted()).toEqual(
      [
        'session=a%20b%3B%C3%BC',
        'Domain=example.com',
        'Path=/',
        'Max-Age=60',
        'Expires=Thu, 01 Jan 1970 00:00:00 GMT',
        'HttpOnly',
        'Secure',
        'SameSite=Lax',
        'Partitioned',
        'Priority=High',
      ].toSorted(),
    );
  });

  it.each<[string, string, object]>([
    ['a b', '1', {}],
    ['a\r\nx', '1', {}],
    ['', '1', {}],
    ['a', '1', { path: '/\r\nx-evil: 1' }],
    ['a', '1', { domain: 'x;y' }],
    ['a', '1', { maxAge: 1.5 }],
    ['a', '1', { sameSite: 'sometimes' }],
  ])('is refused as %j=%s with %j', (name, value, options) => {
    expect(() => serializeCookie(name, value, options)).toThrow(TypeError);
  });

  it('holds any text, and gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const header = serializeCookie('a', value);
        expect(header).toMatch(/^[\x21-\x7e]+$/);
        expect(parseCookies(header)['a']).toBe(value);
      }),
    );
  });
});
