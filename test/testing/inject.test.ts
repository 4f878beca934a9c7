import { readResult } from '../../src/testing/inject.js';

describe('a result as its client sees it', () => {
  it('has 200, no headers, no cookies and no body unless it says so', () => {
    const response = readResult({});
    expect([response.statusCode, { ...response.headers }, response.cookies, response.payload]).toEqual([
      200,
      {},
      [],
      '',
    ]);
    expect(readResult({ statusCode: 204, body: null }).payload).toBe('');
  });

  it('has lower-case headers, repeats of both maps joined', () => {
    const { headers } = readResult({
      headers: { 'X-One': '1', 'Content-Length': 12 },
      multiValueHeaders: { 'X-Two': ['a', 'b'], 'x-one': ['2'] },
    });
    expect({ ...headers }).toEqual({ 'x-one': '1, 2', 'content-length': '12', 'x-two': 'a, b' });
  });

  it('has no header that only objects have', () => {
    const { headers } = readResult({ headers: { constructor: 'x', __proto__: null } });
    expect(headers['constructor']).toBe('x');
    expect(headers['tostring']).toBeUndefined();
  });

  it('has the cookies of every source, in any spelling, and in no header', () => {
    expect(readResult({ cookies: ['a=1', 'b=2'] }).cookies).toEqual(['a=1', 'b=2']);
    const v1 = readResult({
      multiValueHeaders: { 'Set-Cookie': ['a=1; Expires=Wed, 01 Jan 2026 00:00:00 GMT', 'b=2'] },
    });
    expect(v1.cookies).toEqual(['a=1; Expires=Wed, 01 Jan 2026 00:00:00 GMT', 'b=2']);
    // An ALB without multi-value headers takes one line a spelling.
    const alb = readResult({ headers: { 'set-cookie': 'a=1', 'Set-Cookie': 'b=2', 'SET-COOKIE': 'c=3' } });
    expect([alb.cookies, { ...alb.headers }]).toEqual([['a=1', 'b=2', 'c=3'], {}]);
  });

  it('has its bytes with base64 taken off', () => {
    const binary = readResult({ body: Buffer.from([0xff, 0xfe, 0, 0x80]).toString('base64'), isBase64Encoded: true });
    expect(binary.rawPayload).toEqual(Buffer.from([0xff, 0xfe, 0, 0x80]));
    const text = readResult({ body: 'Grüße', isBase64Encoded: false });
    expect([text.payload, text.rawPayload.length]).toEqual(['Grüße', 7]);
  });

  it('reads its body as JSON, and says what it was where it is none', () => {
    expect(readResult({ body: '{"a":[1]}' }).json()).toEqual({ a: [1] });
    expect(() => readResult({ statusCode: 502, body: '<h1>Bad' }).json()).toThrow(
      'The body of the 502 response is not JSON: <h1>Bad',
    );
    expect(() => readResult({ statusCode: 204 }).json()).toThrow('The body of the 204 response is not JSON: (empty)');
  });
});
