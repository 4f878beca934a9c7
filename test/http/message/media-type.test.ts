import { isJson, isTextual, mediaTypeOf } from '../../../src/http/message/media-type.js';
import { contentType } from '../../../src/http/response/response-head.js';

describe('a content type', () => {
  it.each([
    [undefined, '', {}],
    ['', '', {}],
    [' Text/HTML ', 'text/html', {}],
    ['application/json; Charset=UTF-8', 'application/json', { charset: 'UTF-8' }],
    ['multipart/form-data; boundary="a;b\\"c"; x=1', 'multipart/form-data', { boundary: 'a;b"c', x: '1' }],
    ['text/plain; a=1; a=2', 'text/plain', { a: '1' }],
    ['text/plain;;; =; x', 'text/plain', {}],
    ['text/plain; __proto__=x', 'text/plain', JSON.parse('{"__proto__":"x"}')],
  ])('%j is read as %j with %j', (header, essence, parameters) => {
    const read = mediaTypeOf(header);
    expect(read.essence).toBe(essence);
    expect(Object.entries(read.parameters)).toEqual(Object.entries(parameters));
  });

  it.each(['application/json', 'application/problem+json', 'application/vnd.api+json'])('%s is JSON', (essence) => {
    expect(isJson(essence)).toBe(true);
  });

  it.each(['application/jsonp', 'text/json5', 'application/x-ndjson', ''])('%j is no JSON', (essence) => {
    expect(isJson(essence)).toBe(false);
  });

  it.each([
    'text/csv',
    'application/json; charset=utf-8',
    'image/svg+xml',
    'application/xml',
    'application/javascript',
    'application/x-www-form-urlencoded',
  ])('%s is text', (mediaType) => expect(isTextual(mediaType)).toBe(true));

  it.each(['image/png', 'application/octet-stream', 'application/pdf', ''])('%j is no text', (mediaType) => {
    expect(isTextual(mediaType)).toBe(false);
  });

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['application/xml', 'application/xml; charset=utf-8'],
    ['image/svg+xml', 'image/svg+xml; charset=utf-8'],
    ['application/json', 'application/json'],
    ['image/png', 'image/png'],
    ['text/plain; format=flowed', 'text/plain; format=flowed'],
  ])('of %s is sent as %s', (mediaType, sent) => {
    expect(contentType(mediaType, 'utf-8')).toBe(sent);
  });
});
