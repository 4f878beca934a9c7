import { sampleApiGatewayV2, sampleFunctionUrl } from '../../src/samples/api-gateway-v2.js';

describe('samples of payload 2.0', () => {
  it('have a decoded path with the stage, joined values and cookies in the list only', () => {
    const event = sampleApiGatewayV2({
      method: 'post',
      url: '/a%2Fb%20c%zz?x=1&x=2%2C3',
      stage: 'dev',
      headers: { 'X-Tag': ['a', 'b'], Cookie: ['a=1; b=2', 'c=3'], 'User-Agent': 'curl/8' },
      body: 'hi',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/dev/a/b c%zz',
      rawQueryString: 'x=1&x=2%2C3',
      cookies: ['a=1', 'b=2', 'c=3'],
      headers: { 'x-tag': 'a,b', 'content-length': '2' },
      queryStringParameters: { x: '1,2,3' },
      requestContext: { stage: 'dev', http: { method: 'POST', path: '/dev/a/b c%zz', userAgent: 'curl/8' } },
      body: 'hi',
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('have bytes of a text type as text and all others base64-encoded, forms too', () => {
    const bodies = [
      'application/json',
      'text/csv',
      'application/problem+json',
      'application/x-www-form-urlencoded',
      'image/png',
    ].map((type) => {
      const { body, isBase64Encoded } = sampleApiGatewayV2({
        headers: { 'content-type': type },
        body: Buffer.from('a=1'),
      });
      return [body, isBase64Encoded];
    });
    expect(bodies).toEqual([
      ['a=1', false],
      ['a=1', false],
      ['a=1', false],
      ['YT0x', true],
      ['YT0x', true],
    ]);
  });

  it('append the address to what the client claims of the way before', () => {
    const { headers, requestContext } = sampleApiGatewayV2({
      ip: '192.0.2.1',
      headers: { 'X-Forwarded-For': '10.0.0.1' },
    });
    expect([headers['x-forwarded-for'], requestContext.http.sourceIp]).toEqual(['10.0.0.1, 192.0.2.1', '192.0.2.1']);
  });

  it('leave out what the request does not have', () => {
    const event = sampleApiGatewayV2({});
    expect(Object.keys(event).toSorted()).toEqual([
      'headers',
      'isBase64Encoded',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ]);
  });

  it('of a Function URL have a domain of their own', () => {
    expect(sampleFunctionUrl({ url: '/a%2Fb' })).toMatchObject({
      rawPath: '/a%2Fb',
      requestContext: { accountId: 'anonymous', domainName: expect.stringContaining('.lambda-url.us-east-1.on.aws') },
    });
  });
});
