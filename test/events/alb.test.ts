import type { ALBEvent } from 'aws-lambda';
import { BadRequestException } from '../../src/errors/exceptions.js';
import { alb } from '../../src/events/alb.js';
import type { RenderedResponse } from '../../src/http/response/rendered-response.js';
import { sampleAlb } from '../../src/samples/alb.js';

const answer: RenderedResponse = {
  statusCode: 200,
  headers: { 'content-type': 'text/plain', vary: ['origin', 'accept'] },
  cookies: ['a=1', 'b=2', 'c=3'],
  body: 'x',
};

function ipFor(forwarded: string | undefined): string | undefined {
  return alb.decode({ ...sampleAlb({}), headers: { 'x-forwarded-for': forwarded } }, {}).ip;
}

describe('decoding events of load balancers', () => {
  it('decodes the query once, a plus being a space', () => {
    const event: ALBEvent = { ...sampleAlb({}), queryStringParameters: { 'a%5B%5D': 'x+y%2Bz', raw: '%252F' } };
    const source = alb.decode(event, {});
    expect(Array.from(source.queryPairs())).toEqual([
      ['a[]', 'x y+z'],
      ['raw', '%2F'],
    ]);
    expect(source.queryString()).toBe('a%5B%5D=x+y%2Bz&raw=%252F');
  });

  it('refuses malformed percent-encoding in names as well', () => {
    const source = alb.decode({ ...sampleAlb({}), queryStringParameters: { '%': '1' } }, {});
    expect(() => source.queryPairs()).toThrow(BadRequestException);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['10.0.0.1, 192.0.2.1', '192.0.2.1'],
    ['10.0.0.1,192.0.2.1:4711', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['', undefined],
    [undefined, undefined],
  ])('takes the last address of %j, which is the one the balancer saw', (forwarded, ip) => {
    expect(ipFor(forwarded)).toBe(ip);
  });

  it('takes the last address of several lines', () => {
    const event = {
      ...sampleAlb({}, { multiValue: true }),
      multiValueHeaders: { 'x-forwarded-for': ['10.0.0.1', '192.0.2.1'] },
    };
    expect(alb.decode(event, {}).ip).toBe('192.0.2.1');
  });

  it('has no id, for a trace may span several requests', () => {
    expect(
      alb.decode(sampleAlb({ headers: { 'x-amzn-trace-id': 'Root=1-5c34e93e-4dea0086f9763ac0667b115a' } }), {}).id,
    ).toBeUndefined();
  });
});

describe('responses for load balancers', () => {
  it('are lists only when the request came in lists', () => {
    expect(alb.encode(answer, sampleAlb({}, { multiValue: true }))).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      multiValueHeaders: {
        'content-type': ['text/plain'],
        vary: ['origin', 'accept'],
        'set-cookie': ['a=1', 'b=2', 'c=3'],
      },
      body: 'x',
      isBase64Encoded: false,
    });
  });

  it('are single values otherwise, each cookie under another spelling of its header', () => {
    expect(alb.encode(answer, sampleAlb({}))).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      headers: {
        'content-type': 'text/plain',
        vary: 'origin, accept',
        'set-cookie': 'a=1',
        'Set-cookie': 'b=2',
        'sEt-cookie': 'c=3',
      },
      body: 'x',
      isBase64Encoded: false,
    });
  });

  it('keep a hundred cookies apart', () => {
    const cookies = Array.from({ length: 100 }, (_, index) => `c${index}=1`);
    const { headers } = alb.encode({ ...answer, headers: {}, cookies }, sampleAlb({})) as { headers: object };
    expect(Object.values(headers)).toEqual(cookies);
  });

  it.each([
    [404, '404 Not Found'],
    [418, "418 I'm a Teapot"],
    [299, '299 Unknown'],
  ])('describe the status %i', (statusCode, statusDescription) => {
    expect(alb.encode({ ...answer, statusCode }, sampleAlb({}))).toMatchObject({ statusDescription });
  });
});
