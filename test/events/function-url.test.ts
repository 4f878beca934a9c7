import { functionUrl } from '../../src/events/function-url.js';
import { sampleFunctionUrl } from '../../src/samples/api-gateway-v2.js';

describe('Function URLs', () => {
  it('keep the path encoded, a decoded one of a hand-written event is encoded', () => {
    const paths = ['/p/a%2Fb', '/%252F', '/two words'].map(
      (rawPath) => functionUrl.decode({ ...sampleFunctionUrl({}), rawPath }, {}).path,
    );
    expect(paths).toEqual(['/p/a%2Fb', '/%252F', '/two%20words']);
  });

  it('have no stage to take off', () => {
    const event = sampleFunctionUrl({ url: '/dev/x' });
    event.requestContext.stage = 'dev';
    expect(functionUrl.decode(event, {}).path).toBe('/dev/x');
  });

  it('send cookies twice, and they are read once', () => {
    const event = sampleFunctionUrl({ headers: { Cookie: 'a=1; b=2' } });
    expect([event.cookies, event.headers['cookie']]).toEqual([['a=1', 'b=2'], 'a=1; b=2']);
    const cookies = Array.from(functionUrl.decode(event, {}).headerPairs()).filter(([name]) => name === 'cookie');
    expect(cookies).toEqual([['cookie', 'a=1; b=2']]);
  });
});
