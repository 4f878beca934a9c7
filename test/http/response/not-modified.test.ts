import fc from 'fast-check';
import type { RenderedHeaders } from '../../../src/http/message/headers.js';
import { byteStream } from '../../../src/http/response/byte-stream.js';
import { etagOf, namesEtag, notModified, withEtag } from '../../../src/http/response/not-modified.js';
import type { RenderedResponse } from '../../../src/http/response/rendered-response.js';
import { requestOf } from '../request-of.js';

function rendered(headers: RenderedHeaders = {}, statusCode = 200): RenderedResponse {
  return { statusCode, headers, cookies: ['a=1'], body: 'body' };
}

function statusFor(headers: Record<string, string>, answer: RenderedResponse, method = 'GET'): number {
  return notModified(requestOf({ method, headers }), answer).statusCode;
}

describe('an entity tag', () => {
  it('is strong, and the same for text and its bytes', async () => {
    const tag = await etagOf('é');
    expect(tag).toMatch(/^"[A-Za-z0-9+/]{27}"$/);
    expect(await etagOf(Buffer.from('é'))).toBe(tag);
    expect(await etagOf('e')).not.toBe(tag);
  });

  it('is given to 200 answers with a body', async () => {
    const answer = await withEtag(requestOf(), rendered({ 'content-type': 'text/plain' }));
    expect(answer).toEqual({ ...rendered(), headers: { 'content-type': 'text/plain', etag: await etagOf('body') } });
  });

  it.each<[string, string, RenderedResponse]>([
    ['has one', 'GET', rendered({ etag: '"own"' })],
    ['is no 200', 'GET', rendered({}, 201)],
    ['has no body', 'GET', { ...rendered(), body: null }],
    ['answers a POST', 'POST', rendered()],
  ])('is not given to what %s', async (_what, method, answer) => {
    await expect(withEtag(requestOf({ method }), answer)).resolves.toBe(answer);
  });

  it('is not given to streams', async () => {
    const answer = { ...rendered(), body: byteStream('x') };
    await expect(withEtag(requestOf(), answer)).resolves.toBe(answer);
    answer.body.destroy();
  });

  it.each([
    ['"a"', '"a"', true],
    ['W/"a"', '"a"', true],
    ['"a"', 'W/"a"', true],
    ['"x", W/"a" ,"y"', '"a"', true],
    ['"x,\\", "a"', '"a"', true],
    [' * ', '"a"', true],
    ['"b"', '"a"', false],
    ['a', '"a"', false],
    ['"a', '"a"', false],
    ['"*"', '"a"', false],
    ['', '"a"', false],
  ])('list %j names %s: %s', (list, etag, named) => {
    expect(namesEtag(list, etag)).toBe(named);
  });

  it('survives any list', () => {
    fc.assert(fc.property(fc.string(), (list) => typeof namesEtag(list, '"a"') === 'boolean'));
  });
});

describe('a conditional request', () => {
  const MODIFIED = 'Mon, 06 May 2024 07:08:09 GMT';

  it('gets 304 without a body and with the headers that caches need', () => {
    const answer = rendered({
      etag: '"v1"',
      'cache-control': 'max-age=60',
      vary: 'origin',
      date: MODIFIED,
      expires: MODIFIED,
      'content-location': '/x',
      'x-request-id': '7',
      'access-control-allow-origin': '*',
      'content-security-policy': "default-src 'none'",
      'content-type': 'text/plain',
      'content-length': '4',
      'content-encoding': 'gzip',
      'last-modified': MODIFIED,
    });
    expect(notModified(requestOf({ headers: { 'if-none-match': '"v1"' } }), answer)).toEqual({
      statusCode: 304,
      headers: {
        etag: '"v1"',
        'cache-control': 'max-age=60',
        vary: 'origin',
        date: MODIFIED,
        expires: MODIFIED,
        'content-location': '/x',
        'x-request-id': '7',
        'access-control-allow-origin': '*',
        'content-security-policy': "default-src 'none'",
      },
      cookies: ['a=1'],
      body: null,
    });
  });

  it.each([
    [MODIFIED, 304],
    ['Mon, 06 May 2024 07:08:10 GMT', 304],
    ['Mon, 06 May 2024 07:08:08 GMT', 200],
    ['rubbish', 200],
    ['', 200],
  ])('by the date %j gets %d', (since, status) => {
    expect(statusFor({ 'if-modified-since': since }, rendered({ 'last-modified': MODIFIED }))).toBe(status);
  });

  it('goes by the tag alone where it sends both', () => {
    const headers = { 'if-none-match': '"other"', 'if-modified-since': MODIFIED };
    expect(statusFor(headers, rendered({ etag: '"v1"', 'last-modified': MODIFIED }))).toBe(200);
  });

  it('is for GET and HEAD, and for 200, only', () => {
    const headers = { 'if-none-match': '"v1"' };
    expect(statusFor(headers, rendered({ etag: '"v1"' }), 'HEAD')).toBe(304);
    expect(statusFor(headers, rendered({ etag: '"v1"' }), 'POST')).toBe(200);
    expect(statusFor(headers, rendered({ etag: '"v1"' }, 404))).toBe(404);
  });

  it('is not fresh where the answer has no validator', () => {
    expect(statusFor({ 'if-none-match': '*' }, rendered())).toBe(200);
    expect(statusFor({ 'if-modified-since': MODIFIED }, rendered({ 'last-modified': 'rubbish' }))).toBe(200);
  });
});
