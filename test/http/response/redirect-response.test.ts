import fc from 'fast-check';
import { BadRequestException } from '../../../src/errors/exceptions.js';
import { RedirectResponse } from '../../../src/http/response/redirect-response.js';
import { Response } from '../../../src/http/response/response.js';

function locationOf(location: string | URL): unknown {
  return new RedirectResponse(location).headers['location'];
}

describe('RedirectResponse', () => {
  it('keeps method and body by default and has no body of its own', () => {
    const response = new RedirectResponse('/orders/7');
    expect([response.statusCode, response.headers['location'], response.render(response.content)]).toEqual([
      307,
      '/orders/7',
      null,
    ]);
    expect(response).toBeInstanceOf(Response);
  });

  it.each([301, 302, 303, 307, 308])('takes the status %d', (statusCode) => {
    expect(new RedirectResponse('/', { statusCode }).statusCode).toBe(statusCode);
  });

  it.each([200, 304, 300, 404, NaN])('refuses the status %d', (statusCode) => {
    expect(() => new RedirectResponse('/', { statusCode })).toThrow(RangeError);
  });

  it.each([
    ['/a\r\nset-cookie: x=1', '/a%0D%0Aset-cookie:%20x=1'],
    ['/straße?q=日本 #ü', '/stra%C3%9Fe?q=%E6%97%A5%E6%9C%AC%20#%C3%BC'],
    ['/done%20already?x=%2F&y=[1]', '/done%20already?x=%2F&y=[1]'],
    ['/\\evil.example', '/%5Cevil.example'],
    ['/"<>`', '/%22%3C%3E%60'],
    ['/\ud800', '/%EF%BF%BD'],
  ])('sends %j as %j', (location, sent) => {
    expect(locationOf(location)).toBe(sent);
  });

  describe('with a location that has to be local', () => {
    it.each([
      '/',
      '/account',
      '/account?next=//evil.example',
      '/a//b',
      '/?u=https://evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/%2F/evil.example',
      '/.//evil.example',
    ])('takes %j', (location) => {
      const sent = String(new RedirectResponse(location, { local: true }).headers['location']);
      expect(new URL(sent, 'https://own.example').host).toBe('own.example');
    });

    it.each([
      '//evil.example',
      '///evil.example',
      'https://evil.example',
      'https:evil.example',
      'javascript:alert(1)',
      'evil.example',
      '',
      ' /a',
      '\\\\evil.example',
      '\t//evil.example',
      '?a',
      '#a',
    ])('refuses %j', (location) => {
      expect(() => new RedirectResponse(location, { local: true })).toThrow(BadRequestException);
    });

    it('leads nowhere else, whatever the location', () => {
      fc.assert(
        fc.property(fc.stringMatching(/^[/\\\t\n :@a.?#%]{0,12}$/), (location) => {
          try {
            const sent = String(new RedirectResponse(location, { local: true }).headers['location']);
            expect(new URL(sent, 'https://own.example').host).toBe('own.example');
          } catch (error) {
            expect(error).toBeInstanceOf(BadRequestException);
          }
        }),
      );
    });
  });

  it('takes a URL', () => {
    expect(locationOf(new URL('https://example.com/ü'))).toBe('https://example.com/%C3%BC');
  });

  it('never lets anything but printable ASCII through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (location) => /^[\x21-\x7e]*$/.test(String(locationOf(location)))),
    );
  });
});
