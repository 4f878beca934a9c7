import fc from 'fast-check';
import { httpEvents } from '../../src/testing/http-events.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { createFuzzed, expectDecent, expectGood, send, type Source, SOURCES } from './fuzzed-application.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '%',
    '%2F',
    '%00',
    '%zz',
    '%c3%28',
    '%25',
    '+',
    ';',
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\r\n',
    '\ud800',
    'x'.repeat(3000),
  ),
);
const encoded = fc.oneof(
  text,
  text.map((one) => encodeURIComponent(one.replaceAll(/[\ud800-\udfff]/gu, ''))),
);

const segments = fc.array(encoded, { maxLength: 3 }).map((parts) => parts.join('/'));
const method = fc.oneof(
  { arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), weight: 5 },
  fc.constantFrom('get', 'TRACE', 'PROPFIND', '__proto__', ''),
);

/** Mostly what has a route: the rest ends in 404 and 405 before anything can go wrong. */
const target: fc.Arbitrary<[method: string, path: string]> = fc.oneof(
  {
    arbitrary: fc.constantFrom<[string, string]>(
      ['POST', '/orders'],
      ['PUT', '/anything'],
      ['POST', '/upload'],
      ['POST', '/bytes'],
      ['GET', '/items/5'],
      ['OPTIONS', '/orders'],
    ),
    weight: 6,
  },
  {
    arbitrary: fc.tuple(
      method,
      fc.tuple(fc.constantFrom('/items/', '/files/', '/all/'), segments).map((parts) => parts.join('')),
    ),
    weight: 3,
  },
  fc.tuple(
    method,
    fc.oneof(
      text,
      segments.map((path) => `/${path}`),
    ),
  ),
);
const name = fc.oneof(
  { arbitrary: fc.constantFrom('q', 'page', 'since', 'ids', 'd', '__proto__', 'a[b]', 'a.b'), weight: 4 },
  encoded,
);
const query = fc
  .array(fc.tuple(name, fc.oneof(encoded, fc.constantFrom('1', 'true', '2026-01-01'))), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));

const contentType = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'application/json',
      'application/x+json; charset="',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=XX',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'text/plain',
      'application/octet-stream',
    ),
  },
  text,
);
const headers = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'cookie',
      'x-n',
      'origin',
      'range',
      'if-none-match',
      'accept-encoding',
      'x-request-id',
      'content-length',
      'access-control-request-method',
      '__proto__',
    ),
    text,
  ),
  text,
  { maxKeys: 6 },
);
const body = fc.oneof(
  text,
  fc.json(),
  fc.uint8Array({ maxLength: 300 }),
  query,
  fc
    .array(
      fc.constantFrom(
        '--XX',
        '--XX--',
        '\r\n',
        '\r\n\r\n',
        'Content-Disposition: form-data; name="title"',
        '; filename="a"',
        'x',
      ),
      { maxLength: 15 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '['.repeat(15_000),
    '{"a":'.repeat(4000),
    'x'.repeat(20_001),
    `{"lines":${'['.repeat(70)}${']'.repeat(70)}}`,
  ),
);
const request = fc.record({
  source: fc.constantFrom(...SOURCES),
  target,
  query,
  contentType,
  headers,
  body: fc.option(body),
});

/** The event of a harmless request with everything put in as it is: gateways are not trusted to clean it up. */
function eventOf({
  source,
  target: [verb, rawPath],
  query: rawQuery,
  contentType: type,
  headers: others,
  body: sent,
}: FuzzedRequest): unknown {
  const all = { ...others, 'content-type': type };
  const event = httpEvents[source]({ method: 'POST', url: '/', headers: all, body: sent }) as unknown as Record<
    string,
    unknown
  >;
  const pairs = rawQuery.split('&').map((pair) => pair.split('='));
  const context = event['requestContext'] as Record<string, unknown>;
  if ('rawPath' in event) {
    return {
      ...event,
      rawPath,
      rawQueryString: rawQuery,
      requestContext: { ...context, http: { ...(context['http'] as object), method: verb, path: rawPath } },
    };
  }
  const multi = Object.fromEntries(pairs.map(([key = '', ...values]) => [key, values]));
  const queries =
    'multiValueQueryStringParameters' in event
      ? { multiValueQueryStringParameters: multi }
      : { queryStringParameters: Object.fromEntries(pairs) };
  return { ...event, path: rawPath, httpMethod: verb, ...queries };
}

interface FuzzedRequest {
  source: Source;
  target: [method: string, path: string];
  query: string;
  contentType: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
}

describe('any request', () => {
  let app: TestingApplication;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    app = await createFuzzed();
  });

  afterAll(async () => {
    process.off('unhandledRejection', note);
    await app.close();
  });

  it('is answered below 500 without a word of what is inside, and breaks nothing', async () => {
    const property = fc.asyncProperty(request, async (fuzzed) => {
      expectDecent(await send(app, eventOf(fuzzed)));
    });
    await fc.assert(property, { numRuns: 1000 });
    await expectGood(app);
    expect(unhandled).toEqual([]);
  });

  it('is answered so beside others at the same time', async () => {
    const property = fc.asyncProperty(fc.array(request, { minLength: 5, maxLength: 20 }), async (requests) => {
      const responses = await Promise.all(requests.map((fuzzed) => send(app, eventOf(fuzzed))));
      for (const response of responses) expectDecent(response);
    });
    await fc.assert(property, { numRuns: 40 });
    await expectGood(app);
    expect(unhandled).toEqual([]);
  });
});
