import { sampleAlb } from '../../src/samples/alb.js';

describe('samples of load balancers', () => {
  const request = { url: '/a%2Fb?x=%20&x=a+b', headers: { 'X-Tag': ['a', 'b'] } };

  it('have the last value, undecoded, without multi-value headers', () => {
    const event = sampleAlb(request);
    expect(event).toMatchObject({
      path: '/a%2Fb',
      queryStringParameters: { x: 'a+b' },
      headers: { 'x-tag': 'b' },
      body: '',
    });
    expect(Object.keys(event)).not.toContain('multiValueHeaders');
  });

  it('have every value, undecoded, with them', () => {
    const event = sampleAlb(request, { multiValue: true });
    expect(event).toMatchObject({
      multiValueQueryStringParameters: { x: ['%20', 'a+b'] },
      multiValueHeaders: { 'x-tag': ['a', 'b'] },
    });
    expect(Object.keys(event)).not.toContain('headers');
  });
});
