import { lastForwardedFor } from '../../src/events/http/load-balancer-headers.js';
import { encodePath, keepPath } from '../../src/events/http/path.js';
import { lastOfArn, nameInArn } from '../../src/events/reading/arn.js';
import { contentDisposition, fileName } from '../../src/http/message/content-disposition.js';
import { parseCookies } from '../../src/http/message/cookies.js';
import { addVary, listMembers, valueProblem } from '../../src/http/message/headers.js';
import { jsonProblem, parseJson } from '../../src/http/message/json.js';
import { isTextual, mediaTypeOf } from '../../src/http/message/media-type.js';
import { bestEncoding } from '../../src/http/policies/compression.js';
import { corsPolicy } from '../../src/http/policies/cors.js';
import { formatQuery, parseFormPairs, recordOf } from '../../src/http/request/query.js';
import { parseRange } from '../../src/http/response/file-response.js';
import { namesEtag } from '../../src/http/response/not-modified.js';
import { Router } from '../../src/router/router.js';
import { parseBigInt, parseBoolean, parseDate, parseNumber } from '../../src/validation/scalar-reader.js';
import { requestOf } from '../http/request-of.js';
import { addPattern } from '../router/add-pattern.js';
import { type Frame, slowInputs } from './hostile-text.js';

const router = new Router<string>();
for (const pattern of [
  '/a/:id',
  '/a/*rest',
  '/:x/:y/:z',
  '/f/:name.:ext',
  '/f/:a-:b-:c',
  '/f/x:a.y:b.z',
  '/n/:id(\\d+)',
  '/:p?/b/*tail',
])
  addPattern(router, { method: 'GET', pattern, target: pattern, version: undefined }, String);

const cors = corsPolicy({ origin: true, credentials: true });
const preflight = (headers: Record<string, string>) =>
  cors.preflight(
    requestOf({
      method: 'OPTIONS',
      headers: { origin: 'https://a.example', 'access-control-request-method': 'GET', ...headers },
    }),
    ['GET'],
  );

/** What reads a text that a caller writes, and what the text may look like. */
const PARSERS: Readonly<Record<string, readonly [read: (text: string) => unknown, ...frames: Frame[]]>> = {
  Range: [(text) => parseRange(text, 1000), ['bytes=', ''], ['bytes=', 'x'], ['bytes=0', '-1'], ['bytes=1-', ',']],
  'Accept-Encoding': [(text) => bestEncoding(text, ['br', 'gzip']), ['gzip;q=', ''], ['gzip;', 'x']],
  'If-None-Match': [(text) => namesEtag(text, '"abc"'), ['"', ''], ['W/"', '"']],
  'a list': [(text) => listMembers(text)],
  Vary: [(text) => addVary({ vary: text }, 'origin', 'accept')],
  'Content-Type': [
    (text) => [mediaTypeOf(text), isTextual(text)],
    ['text/plain;', ''],
    ['a/b; c="', ''],
    ['a/b; c="', '"'],
    ['a/b;c', '="x'],
  ],
  Cookie: [(text) => parseCookies(text), ['a=', ''], ['a="', '"']],
  'X-Forwarded-For': [(text) => lastForwardedFor(text), ['[', ']:1'], ['1.2.3.4, ', ':80']],
  'X-Request-Id': [(text) => requestOf({ headers: { 'x-request-id': text } }).id],
  Origin: [(text) => preflight({ origin: text }), ['https://', '']],
  'Access-Control-Request-Headers': [(text) => preflight({ 'access-control-request-headers': text }), ['x-a', '']],
  'a header of the answer': [(text) => valueProblem('x', text)],
  'the name of a file': [(text) => [fileName(text), contentDisposition('attachment', text)], ['../', '..']],
  'a form': [(text) => recordOf(parseFormPairs(text)), ['a=', '&b']],
  'a query': [(text) => formatQuery(parseFormPairs(text)), ['a=', '&b']],
  'an encoded path': [(text) => keepPath(text), ['/', '/']],
  'a decoded path': [(text) => encodePath(text), ['/', '/']],
  'the path of a route': [
    (text) => [router.match('GET', text), router.allowed(text)],
    ['/', '/'],
    ['/a/', '/'],
    ['/f/', ''],
    ['/f/a.', 'z'],
    ['/x/', '/b/c'],
    ['/n/', 'x'],
  ],
  'an ARN': [
    (text) => [lastOfArn(text), nameInArn(text, 'stream'), nameInArn(text, 'table')],
    ['arn:aws:', ':stream/'],
    ['x:stream/', ''],
  ],
  'a number': [(text) => [parseNumber(text), parseBoolean(text)], ['1', 'e1'], ['-', ''], ['1e', 'x'], ['.', '']],
  'a big integer': [(text) => parseBigInt(text), ['1', ''], ['-', 'x']],
  'a date': [
    (text) => parseDate(text),
    ['2026-01-01T', 'Z'],
    ['2026-01-01T00:00:00.', 'x'],
    ['2026-01-01T00:00:00.', '+01'],
  ],
  JSON: [(text) => parseJson(text), ['{"', '":1}'], ['[', ']'], ['"', '"']],
  'text that is no JSON': [
    (text) => jsonProblem(new SyntaxError(`Unexpected token in JSON at position ${text}`), text),
  ],
};

it.each(Object.entries(PARSERS))('%s is read in a time that grows as the text does', async (_, [read, ...frames]) => {
  expect(await slowInputs(read, frames)).toEqual([]);
});

describe('counting steps', () => {
  it.each<[name: string, read: (text: string) => unknown]>([
    ['a regular expression that tries every start', (text) => `${text}x`.replace(/\s+$/, '')],
    [
      'one that shares spaces in every way',
      (text) => /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(`bytes=${text}-${text}x`),
    ],
    ['a search in a loop', (text) => Array.from(text, (_, index) => text.includes('x', index))],
    [
      'a list that is searched for each of its items',
      (text) => text.split(',').filter((item, index, all) => all.indexOf(item) === index),
    ],
  ])('finds %s', async (_, read) => {
    expect(await slowInputs(read, [['', 'x']])).not.toEqual([]);
  });

  it('finds nothing in what is linear', async () => {
    expect(
      await slowInputs((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => /^\w+$/.test(part)),
      ),
    ).toEqual([]);
  });
});
