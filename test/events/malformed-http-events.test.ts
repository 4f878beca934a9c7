import fc from 'fast-check';
import { HttpException } from '../../src/errors/http-exception.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { sampleAlb } from '../../src/samples/alb.js';
import { sampleHttpApiV1, sampleRestApi } from '../../src/samples/api-gateway-v1.js';
import { sampleApiGatewayV2, sampleFunctionUrl } from '../../src/samples/api-gateway-v2.js';
import { sampleLatticeV1, sampleLatticeV2 } from '../../src/samples/lattice.js';
import { changed, pathsOf } from '../fuzz/mutations.js';

const request = {
  method: 'POST',
  url: '/dev/caf%C3%A9?tag=a&tag=b',
  headers: { 'X-Tag': ['a', 'b'], Cookie: 'a=1; b=2', 'Content-Type': 'application/json' },
  body: '{"a":1}',
  stage: 'dev',
};

const events: Record<string, unknown>[] = [
  sampleRestApi(request),
  sampleHttpApiV1(request),
  sampleApiGatewayV2(request),
  sampleFunctionUrl(request),
  sampleAlb(request),
  sampleAlb(request, { multiValue: true }),
  sampleLatticeV1(request),
  sampleLatticeV2(request),
].map((event) => JSON.parse(JSON.stringify(event)) as Record<string, unknown>);

/** Reads everything that a decoded request has; whatever is thrown must be an answer. */
function readAll(event: unknown): void {
  const adapter = detectHttpAdapter(event);
  if (adapter === undefined) return;
  const source = adapter.decode(event, { basePath: '/v1' });
  expect(source.path).toMatch(/^\/[\x21-\x7e]*$/);
  expect(source.method).toBe(source.method.toUpperCase());
  expect([source.id, source.ip].filter((value) => value !== undefined && typeof value !== 'string')).toEqual([]);
  const reads = [
    () => source.queryString(),
    () => Array.from(source.queryPairs()),
    () => Array.from(source.headerPairs(), ([name]) => source.header(name)),
    () => source.header('cookie'),
    () => source.body(),
    () => source.text(),
  ];
  for (const read of reads) unlessAnswered(read);
  adapter.encode({ statusCode: 200, headers: {}, cookies: ['a=1'], body: null }, event);
}

function unlessAnswered(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
  }
}

describe('malformed events', () => {
  it.each([null, undefined, '', 'GET /', 0, true, [], [{}], {}, () => 1, Symbol('x')])(
    '%p is no HTTP request',
    (event) => {
      expect(detectHttpAdapter(event)).toBeUndefined();
    },
  );

  it('never make detection throw, whatever JSON they are', () => {
    fc.assert(fc.property(fc.jsonValue(), readAll), { numRuns: 1000 });
  });

  it('are decoded or refused with any one member missing', () => {
    for (const event of events) {
      for (const path of pathsOf(event).slice(1)) readAll(changed(event, path, {}));
    }
  });

  it.each([[null], [undefined], [''], [0], [true], [[]], [[null, 1]], [{}], [{ a: null, b: [null, 'x'], c: 1 }]])(
    'are decoded or refused with any one member %j',
    (to) => {
      for (const event of events) {
        for (const path of pathsOf(event).slice(1)) readAll(changed(event, path, { to }));
      }
    },
  );

  it('are decoded or refused with several members replaced by anything', () => {
    const change = fc.constantFrom(...events).chain((event) => {
      const replacement = fc.tuple(fc.constantFrom(...pathsOf(event).slice(1)), fc.jsonValue());
      return fc.tuple(fc.constant(event), fc.array(replacement, { minLength: 1, maxLength: 4 }));
    });
    const property = fc.property(change, ([event, replacements]) => {
      readAll(replacements.reduce<unknown>((result, [path, to]) => changed(result, path, { to }), event));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('with any path and query decode to a path that a URL can hold', () => {
    const property = fc.property(fc.constantFrom(...events), fc.string({ unit: 'binary' }), (event, text) => {
      readAll({ ...event, path: text, rawPath: text, rawQueryString: text, queryStringParameters: { [text]: text } });
    });
    fc.assert(property, { numRuns: 1000 });
  });
});

describe('any path and query that a client can send', () => {
  const builders = [sampleRestApi, sampleHttpApiV1, sampleApiGatewayV2, sampleFunctionUrl, sampleLatticeV2];
  const segment = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('/'));

  it('arrive decoded once, from every source with repeated values', () => {
    const property = fc.property(
      fc.constantFrom(...builders),
      segment,
      fc.array(fc.tuple(segment, segment)),
      (build, text, pairs) => {
        const query = pairs
          .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
          .join('&');
        const event = build({ url: `/p/${encodeURIComponent(text)}?${query}` });
        const source = detectHttpAdapter(event)!.decode(event, {});
        expect(decodeURIComponent(source.path)).toBe(`/p/${text}`);
        expect(Array.from(source.queryPairs()).toSorted()).toEqual(pairs.toSorted());
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });
});
