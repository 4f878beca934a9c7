import type { APIGatewayProxyEvent } from 'aws-lambda';
import { apiGatewayV1 } from '../../src/events/api-gateway-v1.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { sampleHttpApiV1, sampleRestApi } from '../../src/samples/api-gateway-v1.js';

function pathOf(event: object): string {
  return apiGatewayV1.decode(event as APIGatewayProxyEvent, {}).path;
}

describe('detecting payload 1.0', () => {
  it('takes what has a method and a path, without a request context too', () => {
    expect(detectHttpAdapter({ httpMethod: 'GET', path: '/' })).toBe(apiGatewayV1);
    expect(detectHttpAdapter({ httpMethod: 'GET', path: '/', requestContext: null })).toBe(apiGatewayV1);
  });

  it.each([
    [{ httpMethod: 'GET' }],
    [{ path: '/' }],
    [{ httpMethod: null, path: '/' }],
    [{ httpMethod: 'GET', path: 1 }],
    [{ httpMethod: 'GET', path: '/', type: 'REQUEST', methodArn: 'arn:aws:execute-api:us-east-1:1:a/prod/GET/' }],
    [{ httpMethod: 'GET', path: '/', requestContext: { connectionId: 'c=', eventType: 'CONNECT' } }],
  ])('takes no %j', (event) => expect(detectHttpAdapter(event)).toBeUndefined());
});

describe('decoding payload 1.0', () => {
  it.each([
    ['orders', '/orders'],
    ['', '/'],
    ['/two words', '/two%20words'],
    ['/é?x#y', '/%C3%A9%3Fx%23y'],
    ['/100%', '/100%'],
    ['/half\ud83c', '/half%EF%BF%BD'],
  ])('gives the path %j of a hand-written event as %s', (path, expected) => {
    expect(pathOf({ httpMethod: 'GET', path })).toBe(expected);
  });

  it('leaves the first segment of a REST API alone, even if it is called like the stage', () => {
    expect(pathOf(sampleRestApi({ url: '/dev/orders', stage: 'dev' }))).toBe('/dev/orders');
  });

  it('takes the stage off the path of an HTTP API, at the boundary of a segment', () => {
    const paths = ['/orders', '/', '/dev'].map((url) => pathOf(sampleHttpApiV1({ url, stage: 'dev' })));
    expect(paths).toEqual(['/orders', '/', '/dev']);
    expect(pathOf({ ...sampleHttpApiV1({ stage: 'dev' }), path: '/developer' })).toBe('/developer');
  });

  it('leaves the path of an HTTP API on a custom domain alone, where no stage stands', () => {
    const event = sampleHttpApiV1({ stage: 'api' });
    const requestContext = { ...event.requestContext, domainName: 'shop.example.com' };
    expect(pathOf({ ...event, path: '/api/orders', requestContext })).toBe('/api/orders');
  });

  it('reads the single-value maps when the multi-value ones are missing or empty', () => {
    for (const nothing of [null, undefined, {}]) {
      const source = apiGatewayV1.decode(
        {
          ...sampleRestApi({ url: '/?tag=a&tag=b', headers: { 'X-Tag': ['a', 'b'] } }),
          multiValueHeaders: nothing as never,
          multiValueQueryStringParameters: nothing as never,
        },
        {},
      );
      expect([source.header('x-tag'), Array.from(source.queryPairs())]).toEqual(['b', [['tag', 'b']]]);
    }
  });

  it('keeps values of header names apart that differ in case only', () => {
    const event = {
      ...sampleRestApi({}),
      headers: null as never,
      multiValueHeaders: { 'X-Tag': ['a'], 'x-tag': ['b', 'c'], Cookie: ['a=1'], cookie: ['b=2'] },
    };
    const source = apiGatewayV1.decode(event, {});
    expect(Array.from(source.headerPairs())).toEqual([
      ['x-tag', 'a'],
      ['x-tag', 'b'],
      ['x-tag', 'c'],
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
    ]);
    expect([source.header('x-tag'), source.header('cookie')]).toEqual(['a, b, c', 'a=1; b=2']);
  });

  it('has the headers of both maps, and takes the values of the multi-value one', () => {
    const event = {
      ...sampleRestApi({}),
      headers: { 'X-Tag': 'b', Origin: 'https://a.example' },
      multiValueHeaders: { 'x-tag': ['a', 'b'] },
    };
    const source = apiGatewayV1.decode(event, {});
    expect(Array.from(source.headerPairs())).toEqual([
      ['x-tag', 'a'],
      ['x-tag', 'b'],
      ['origin', 'https://a.example'],
    ]);
    expect([source.header('x-tag'), source.header('origin')]).toEqual(['a, b', 'https://a.example']);
  });

  it('reads numbers, booleans and data, which people put where AWS sends text', () => {
    const headers = { 'Content-Length': 7, 'X-Dry': true, 'X-None': null, 'X-List': [1, 'b', {}] };
    const event = {
      httpMethod: 'POST',
      path: '/',
      headers,
      queryStringParameters: { page: 2, none: null },
      body: { a: 1 },
    };
    const source = apiGatewayV1.decode(event as never, {});
    expect(Array.from(source.headerPairs())).toEqual([
      ['content-length', '7'],
      ['x-dry', 'true'],
      ['x-list', '1'],
      ['x-list', 'b'],
    ]);
    expect([source.header('content-length'), source.header('x-list'), source.header('x-none')]).toEqual([
      '7',
      '1, b',
      undefined,
    ]);
    expect(Array.from(source.queryPairs())).toEqual([['page', '2']]);
    expect([source.text(), source.body()]).toEqual(['{"a":1}', Buffer.from('{"a":1}')]);
    expect(apiGatewayV1.decode({ ...event, isBase64Encoded: true } as never, {}).text()).toBe('{"a":1}');
  });

  it('does not decode query values a second time', () => {
    const event = { ...sampleRestApi({}), multiValueQueryStringParameters: { q: ['100%', 'a+b', '%2F'] } };
    const source = apiGatewayV1.decode(event, {});
    expect(Array.from(source.queryPairs(), ([, value]) => value)).toEqual(['100%', 'a+b', '%2F']);
    expect(source.queryString()).toBe('q=100%25&q=a%2Bb&q=%252F');
  });

  it('has the id and the address of the request context', () => {
    const event = sampleRestApi({ ip: '198.51.100.7' });
    const source = apiGatewayV1.decode(event, {});
    expect([source.id, source.ip]).toEqual([event.requestContext.requestId, '198.51.100.7']);
  });
});

describe('encoding for payload 1.0', () => {
  it('has no member that a REST API does not know, and no header in both maps', () => {
    const result = apiGatewayV1.encode(
      {
        statusCode: 200,
        headers: { 'content-type': 'text/plain', vary: ['origin', 'accept'] },
        cookies: ['a=1'],
        body: 'x',
      },
      sampleRestApi({}),
    );
    expect(result).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain' },
      multiValueHeaders: { vary: ['origin', 'accept'], 'set-cookie': ['a=1'] },
      body: 'x',
      isBase64Encoded: false,
    });
  });

  it('leaves empty maps out', () => {
    const result = apiGatewayV1.encode({ statusCode: 204, headers: {}, cookies: [], body: null }, sampleRestApi({}));
    expect(Object.keys(result).toSorted()).toEqual(['body', 'isBase64Encoded', 'statusCode']);
  });
});
