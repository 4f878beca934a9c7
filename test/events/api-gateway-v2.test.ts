import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { apiGatewayV2 } from '../../src/events/api-gateway-v2.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { sampleApiGatewayV2 } from '../../src/samples/api-gateway-v2.js';

function decode(change: Partial<APIGatewayProxyEventV2>, basePath?: string) {
  return apiGatewayV2.decode({ ...sampleApiGatewayV2({}), ...change }, { basePath });
}

function onStage(stage: string, rawPath: string): string {
  const event = sampleApiGatewayV2({ stage });
  return apiGatewayV2.decode({ ...event, rawPath }, {}).path;
}

describe('detecting payload 2.0', () => {
  it('goes by the request context, since others have a raw path too', () => {
    expect(detectHttpAdapter({ version: '2.0', rawPath: '/', headers: {} })).toBeUndefined();
    expect(detectHttpAdapter({ requestContext: { http: { method: 'GET' } } })).toBe(apiGatewayV2);
  });

  it('takes no authorizer event', () => {
    const event = {
      ...sampleApiGatewayV2({}),
      type: 'REQUEST',
      routeArn: 'arn:aws:execute-api:us-east-1:1:a/prod/GET/',
    };
    expect(detectHttpAdapter(event)).toBeUndefined();
  });
});

describe('decoding payload 2.0', () => {
  it.each([
    ['/p/a/b', '/p/a/b'],
    ['/p/%2F', '/p/%252F'],
    ['/100%', '/100%25'],
    ['/two words', '/two%20words'],
    ['/café', '/caf%C3%A9'],
    ['/a?b#c', '/a%3Fb%23c'],
    ['/half\ud83c', '/half%EF%BF%BD'],
    ['orders', '/orders'],
    ['', '/'],
  ])('encodes the decoded path %j as %s', (rawPath, expected) => expect(decode({ rawPath }).path).toBe(expected));

  it('takes a named stage off at the boundary of a segment', () => {
    const paths = ['/dev/x', '/dev', '/dev/', '/developer', '/x/dev', '/dev/dev/x'].map((path) => onStage('dev', path));
    expect(paths).toEqual(['/x', '/', '/', '/developer', '/x/dev', '/dev/x']);
  });

  it('leaves the path of the default stage alone', () => {
    expect(onStage('$default', '/$default/x')).toBe('/$default/x');
  });

  it('takes the base path off after the stage', () => {
    const event = { ...sampleApiGatewayV2({ stage: 'dev' }), rawPath: '/dev/v1/orders' };
    expect(apiGatewayV2.decode(event, { basePath: '/v1' }).path).toBe('/orders');
  });

  it('reads the raw query, since the joined one cannot tell a comma from a repeat', () => {
    const source = decode({ rawQueryString: 'a=1&a=2,3', queryStringParameters: { a: '1,2,3' } });
    expect(Array.from(source.queryPairs())).toEqual([
      ['a', '1'],
      ['a', '2,3'],
    ]);
  });

  it('falls back on the joined query where a hand-written event has nothing else', () => {
    for (const rawQueryString of [undefined, '']) {
      const source = decode({ rawQueryString: rawQueryString as string, queryStringParameters: { q: 'a b' } });
      expect([Array.from(source.queryPairs()), source.queryString()]).toEqual([[['q', 'a b']], 'q=a%20b']);
    }
  });

  it('falls back on the path of the request context where a hand-written event has no other', () => {
    const event = { requestContext: { http: { method: 'GET', path: '/dev/two words' }, stage: 'dev' } };
    expect(apiGatewayV2.decode(event as APIGatewayProxyEventV2, {}).path).toBe('/two%20words');
  });

  it('reads header names in any case', () => {
    const source = decode({ headers: { 'Content-Type': 'text/plain', 'x-a': '1' } });
    expect([source.header('content-type'), source.header('x-a')]).toEqual(['text/plain', '1']);
  });

  it('prefers the list of cookies to a header, and has them once', () => {
    const source = decode({ cookies: ['a=1', 'b=2'], headers: { Cookie: 'a=1; b=2' } });
    expect([source.header('cookie'), Array.from(source.headerPairs())]).toEqual(['a=1; b=2', [['cookie', 'a=1; b=2']]]);
  });

  it('reads a cookie header where there is no list', () => {
    const source = decode({ cookies: [], headers: { Cookie: 'a=1' } });
    expect([source.header('cookie'), Array.from(source.headerPairs())]).toEqual(['a=1', [['cookie', 'a=1']]]);
  });

  it('has the id and the address of the request context', () => {
    const event = sampleApiGatewayV2({ ip: '2001:db8::7' });
    const source = apiGatewayV2.decode(event, {});
    expect([source.id, source.ip]).toEqual([event.requestContext.requestId, '2001:db8::7']);
  });
});

describe('encoding for payload 2.0', () => {
  it('lists cookies, joins the lines of other headers, and has nothing else', () => {
    const result = apiGatewayV2.encode(
      { statusCode: 200, headers: { vary: ['origin', 'accept'] }, cookies: ['a=1', 'b=2'], body: 'x' },
      sampleApiGatewayV2({}),
    );
    expect(result).toEqual({
      statusCode: 200,
      headers: { vary: 'origin, accept' },
      cookies: ['a=1', 'b=2'],
      body: 'x',
      isBase64Encoded: false,
    });
  });

  it('has no list of cookies without any', () => {
    const result = apiGatewayV2.encode(
      { statusCode: 204, headers: {}, cookies: [], body: null },
      sampleApiGatewayV2({}),
    );
    expect(result).toEqual({ statusCode: 204, headers: {}, body: '', isBase64Encoded: false });
    expect(result).not.toHaveProperty('cookies');
  });
});
