import { parse, serialize } from 'cookie';
import fc from 'fast-check';
import { parseCookies } from '../../../src/http/message/cookies.js';
import { type CookieOptions, serializeCookie } from '../../../src/http/message/set-cookie.js';

/** Returns what was written; `undefined` for what was refused. */
function written(write: () => string): string | undefined {
  try {
    return write();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return undefined;
  }
}

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

// The package that most servers read and write cookies with.
describe('the package cookie', () => {
  const pieces = fc.constantFrom(
    'a',
    'b',
    '=',
    ';',
    ' ',
    '\t',
    '%',
    '%E2%82%AC',
    '"',
    '\u00a0',
    '__proto',
    'constructor',
  );

  it('reads the same cookies', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const header = parts.join('');
        fc.pre(header.length > 1);
        expect({ ...parseCookies(header) }).toEqual({ ...parse(header) });
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the same attributes, and refuses the same', () => {
    const options = fc.record(
      {
        domain: fc.constantFrom('example.com', '.a-b.example', 'a..b', '-a', 'x;y', 'EXAMPLE.com'),
        expires: fc.constantFrom(new Date(0), new Date(Number.NaN)),
        httpOnly: fc.boolean(),
        maxAge: fc.constantFrom(0, -1, 60, 1.5),
        partitioned: fc.boolean(),
        path: fc.constantFrom('/', '/a b', '/a;b', '/<', '/a\n'),
        priority: fc.constantFrom('low', 'medium', 'high', 'High', 'none'),
        sameSite: fc.constantFrom(true, false, 'strict', 'lax', 'None', 'sometimes'),
        secure: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom('a', 'a b', 'a=', 'é', '__Host-a'), fc.string(), options, (name, value, given) => {
        const attributes = given as CookieOptions;
        expect(written(() => serializeCookie(name, value, attributes))).toBe(
          written(() => serialize(name, value, attributes)),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
