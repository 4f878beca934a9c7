import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import type { RequestSource } from '../../src/http/request/request-source.js';
import { type HttpEventRequest, httpEvents } from '../../src/testing/http-events.js';

const builders = Object.entries(httpEvents);

function decode(build: (request?: HttpEventRequest) => unknown, request?: HttpEventRequest): RequestSource {
  const event = build(request);
  return detectHttpAdapter(event)!.decode(event, {});
}

describe.each(builders)('httpEvents.%s', (_, build) => {
  it('builds a GET of the root from nothing', () => {
    const source = decode(build);
    expect([source.method, source.path, source.text(), source.header('content-type')]).toEqual([
      'GET',
      '/',
      null,
      undefined,
    ]);
  });

  it('sends a payload as JSON with its content type', () => {
    const source = decode(build, { method: 'POST', url: '/orders', payload: { sku: 'A-1', note: 'é' } });
    expect([
      source.text(),
      source.header('content-type'),
      source.header('host')?.includes('amazonaws') || source.header('host')?.includes('on.aws'),
    ]).toEqual(['{"sku":"A-1","note":"é"}', 'application/json', true]);
  });

  it('leaves a content type alone that was set, in any case', () => {
    const headers = { 'CONTENT-TYPE': 'application/vnd.api+json' };
    expect(decode(build, { method: 'POST', headers, payload: [] }).header('content-type')).toBe(
      'application/vnd.api+json',
    );
  });

  it('sends text and bytes as they are', () => {
    expect(decode(build, { payload: 'a=1' }).text()).toBe('a=1');
    expect(decode(build, { payload: new Uint8Array([0xff, 0xfe, 0, 0x80]) }).body()).toEqual(
      Buffer.from([0xff, 0xfe, 0, 0x80]),
    );
    expect(decode(build, { payload: 'a=1' }).header('content-type')).toBeUndefined();
  });

  it('sends URLSearchParams as a form', () => {
    const source = decode(build, { method: 'POST', payload: new URLSearchParams({ a: 'x y', b: '&' }) });
    expect([source.text(), source.header('content-type')]).toEqual([
      'a=x+y&b=%26',
      'application/x-www-form-urlencoded',
    ]);
  });

  it('refuses what is read asynchronously', () => {
    for (const payload of [new FormData(), new Blob(['a'])])
      expect(() => build({ payload })).toThrow('send them with inject({ payload })');
  });

  it.each([
    [null, 'null'],
    [0, '0'],
    [false, 'false'],
  ])('sends %j as JSON too', (payload, text) => {
    expect(decode(build, { payload }).text()).toBe(text);
  });

  it('adds the query to that of the url', () => {
    const source = decode(build, { url: '/orders?page=2', query: { q: 'a&b', limit: 10, open: true } });
    expect(Array.from(source.queryPairs())).toEqual([
      ['page', '2'],
      ['q', 'a&b'],
      ['limit', '10'],
      ['open', 'true'],
    ]);
  });

  it('has no question mark for an empty query', () => {
    expect(decode(build, { url: '/orders', query: { none: [] } }).queryString()).toBe('');
  });
});

describe('httpEvents', () => {
  it('covers every source once, with the modes that its gateway has', () => {
    const sources = builders.map(([name, build]) => [name, detectHttpAdapter(build())?.source]);
    expect(sources).toEqual([
      ['apiGatewayV1', 'api-gateway-v1'],
      ['httpApiV1', 'api-gateway-v1'],
      ['apiGatewayV2', 'api-gateway-v2'],
      ['functionUrl', 'function-url'],
      ['alb', 'alb'],
      ['albMultiValue', 'alb'],
      ['latticeV1', 'lattice-v1'],
      ['latticeV2', 'lattice-v2'],
    ]);
  });

  it('sends a list as one parameter a value', () => {
    expect(httpEvents.apiGatewayV2({ query: { tag: ['a', 'b'] } }).rawQueryString).toBe('tag=a&tag=b');
    expect(httpEvents.albMultiValue({ query: { tag: ['a', 1] } }).multiValueQueryStringParameters).toEqual({
      tag: ['a', '1'],
    });
  });
});
