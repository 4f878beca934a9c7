import { sampleHttpApiV1, sampleRestApi } from '../../src/samples/api-gateway-v1.js';

describe('samples of payload 1.0', () => {
  it('of a REST API keep the case of header names and have the stage in the context only', () => {
    const event = sampleRestApi({ url: '/a%2Fb?x=%20', headers: { 'X-Tag': 'a' }, stage: 'dev' });
    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/a%2Fb',
      pathParameters: { proxy: 'a%2Fb' },
      headers: { 'X-Tag': 'a', Host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com' },
      multiValueHeaders: { 'X-Tag': ['a'] },
      queryStringParameters: { x: ' ' },
      multiValueQueryStringParameters: { x: [' '] },
      requestContext: { path: '/dev/a%2Fb', stage: 'dev', resourcePath: '/{proxy+}' },
      body: null,
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('version');
  });

  it('of an HTTP API have the version, lower-case names and the decoded path in the context', () => {
    expect(sampleHttpApiV1({ url: '/a%20b', headers: { 'X-Tag': 'a' }, stage: 'dev' })).toMatchObject({
      version: '1.0',
      resource: '$default',
      path: '/dev/a%20b',
      headers: { 'x-tag': 'a' },
      requestContext: { path: '/dev/a b', stage: 'dev', resourceId: null },
    });
  });

  it('have null for an empty query', () => {
    expect(sampleRestApi({})).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null });
  });

  it('tell the time as API Gateway does', () => {
    jest.useFakeTimers({ now: new Date('2020-03-12T19:03:58.390Z') });
    const { requestTime, requestTimeEpoch } = sampleRestApi({}).requestContext;
    jest.useRealTimers();
    expect([requestTime, requestTimeEpoch]).toEqual(['12/Mar/2020:19:03:58 +0000', 1584039838390]);
  });
});
