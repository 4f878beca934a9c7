import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrontDoor, FrontDoorResponse } from '../../../src/local/doors/front-door.js';
import { functionUrl } from '../../../src/local/doors/function-url.js';
import { httpApiV1, httpApiV2 } from '../../../src/local/doors/http-api.js';
import { loadBalancer } from '../../../src/local/doors/load-balancer.js';
import { restApi } from '../../../src/local/doors/rest-api.js';

const rest = restApi();
const alb = loadBalancer(false);
const albMulti = loadBalancer(true);

function textOf(answer: FrontDoorResponse): string {
  return answer.body.toString();
}

function valuesOf(answer: FrontDoorResponse, name: string): string[] {
  return answer.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

function namesOf(answer: FrontDoorResponse): string[] {
  return answer.headers.map(([name]) => name);
}

interface Fact {
  id: string;
  frontDoor: string;
  lambdaReturns: unknown;
  clientSees: {
    status?: number;
    body?: string;
    bodyJson?: unknown;
    headers?: Record<string, string>;
    headerValues?: Record<string, string[]>;
  };
}

const DOORS: Record<string, FrontDoor> = {
  'apigw-rest': rest,
  'apigw-http-format1.0': httpApiV1,
  'apigw-http-format2.0': httpApiV2,
  'function-url': functionUrl,
};

const recorded = join(__dirname, '../../../../shared/facts/response-contracts.json');
const facts = existsSync(recorded) ? (JSON.parse(readFileSync(recorded, 'utf8')) as Fact[]) : [];
// What API Gateway answers without calling the function is no matter of the function's answer.
const httpFacts = facts.filter((fact) => fact.frontDoor in DOORS && fact.id !== 'rest-route-not-found');

(httpFacts.length > 0 ? describe : describe.skip)(
  'answers recorded from AWS (../shared/facts, skipped where it is absent)',
  () => {
    const cases = httpFacts.length > 0 ? httpFacts : [{ id: 'absent' } as Fact];
    test.each(cases)('$id', ({ frontDoor, lambdaReturns, clientSees }) => {
      const answer = DOORS[frontDoor]!.interpret(lambdaReturns);
      if (clientSees.status !== undefined) expect(answer.status).toBe(clientSees.status);
      if (clientSees.body !== undefined) expect(textOf(answer)).toBe(clientSees.body);
      if (clientSees.bodyJson !== undefined) expect(JSON.parse(textOf(answer))).toEqual(clientSees.bodyJson);
      for (const [name, value] of Object.entries(clientSees.headers ?? {})) {
        expect(valuesOf(answer, name).join(', ')).toBe(value);
        if (name !== name.toLowerCase()) expect(namesOf(answer)).toContain(name);
      }
      for (const [name, values] of Object.entries(clientSees.headerValues ?? {})) {
        expect(valuesOf(answer, name)).toEqual(values);
      }
    });
  },
);

describe('a REST API', () => {
  const refusal = { status: 502, text: '{"message": "Internal server error"}' };

  test.each([
    ['an unknown key', { statusCode: 200, cookies: ['a=1'] }, 'does not accept the key "cookies"'],
    ['a multi-value header that is no array', { multiValueHeaders: { a: 'x' } }, 'for "a", not an array'],
    ['a status in words', { statusCode: 'ok' }, '"statusCode" is "ok"'],
    ['a status with a fraction', { statusCode: 200.5 }, '"statusCode" is 200.5'],
    ['a status of zero', { statusCode: 0 }, '"statusCode" is 0'],
    ['an empty status', { statusCode: '' }, '"statusCode" is ""'],
    ['a string', 'hello', 'requires an object, not "hello"'],
    ['null', null, 'requires an object, not null'],
    ['an array', [1], 'requires an object, not [1]'],
    ['an object as body', { statusCode: 200, body: { a: 1 } }, 'convert it with JSON.stringify'],
    ['a header that is an object', { headers: { a: {} } }, 'the header "a" is {}'],
    ['headers that are a list', { headers: ['a'] }, '"headers" is ["a"]'],
  ])('answers 502 to %s and says why', (_name, result, problem) => {
    const answer = rest.interpret(result);
    expect({ status: answer.status, text: textOf(answer) }).toEqual(refusal);
    expect(answer.problem).toContain(problem);
  });

  test('calls an empty object 200, JSON, without a body', () => {
    expect(rest.interpret({})).toEqual({
      status: 200,
      headers: [['content-type', 'application/json']],
      body: Buffer.alloc(0),
    });
  });

  test('takes a status as digits and header values of any scalar kind', () => {
    const answer = rest.interpret({ statusCode: '201', headers: { a: true, b: 3, 'Content-Type': 'text/plain' } });
    expect(answer.status).toBe(201);
    expect(answer.headers).toEqual([
      ['a', 'true'],
      ['b', '3'],
      ['Content-Type', 'text/plain'],
    ]);
  });

  test("puts single values after the list of the same name, in that one's casing", () => {
    const answer = rest.interpret({
      headers: { 'x-a': 'solo', 'x-b': 'b' },
      multiValueHeaders: { 'X-A': ['one', 'two'] },
    });
    expect(answer.headers.slice(0, 4)).toEqual([
      ['X-A', 'one'],
      ['X-A', 'two'],
      ['X-A', 'solo'],
      ['x-b', 'b'],
    ]);
  });

  const png = { statusCode: 200, headers: { 'content-type': 'image/png' }, body: '/wCA', isBase64Encoded: true };

  test('sends base64 as text and says so while no binary media type is configured', () => {
    const answer = rest.interpret(png, { accept: 'image/png' });
    expect(textOf(answer)).toBe('/wCA');
    expect(answer.problem).toContain('binaryMediaTypes');
  });

  test.each([
    [['image/png'], 'image/png', true],
    [['image/png'], 'IMAGE/PNG;q=0.9, */*', true],
    [['image/*'], 'image/png', true],
    [['*/*'], undefined, true],
    [['image/png'], 'text/html, image/png', false],
    [['image/png'], undefined, false],
  ])('with %j and the Accept header %p it decodes: %p', (types, accept, decodes) => {
    const answer = restApi(types).interpret(png, { accept });
    expect(answer.body.equals(decodes ? Buffer.from('/wCA', 'base64') : Buffer.from('/wCA'))).toBe(true);
  });
});

describe('HTTP APIs', () => {
  test.each([httpApiV1, httpApiV2])('$title answers 500 to a bad status', (door) => {
    for (const statusCode of [0, 200.5, 'x', 99, 600, null]) {
      const answer = door.interpret({ statusCode, body: 'x' });
      expect(answer.status).toBe(500);
      expect(textOf(answer)).toBe('{"message":"Internal Server Error"}');
      expect(answer.problem).toContain('"statusCode"');
    }
  });

  test.each([httpApiV1, httpApiV2])('$title decodes base64 and calls what has no type plain text', (door) => {
    const answer = door.interpret({ statusCode: 200, body: '//4AgA==', isBase64Encoded: true });
    expect([...answer.body]).toEqual([0xff, 0xfe, 0x00, 0x80]);
    expect(valuesOf(answer, 'content-type')).toEqual(['text/plain; charset=utf-8']);
  });

  test.each([httpApiV1, httpApiV2])('$title refuses a body that is called base64 and is none', (door) => {
    const answer = door.interpret({ statusCode: 200, body: '{"a":1}', isBase64Encoded: true });
    expect(answer.status).toBe(500);
    expect(answer.problem).toBe('"isBase64Encoded" is true, but "body" is not valid base64');
  });

  test('payload 1.0 wants a structured answer', () => {
    expect(httpApiV1.interpret('hello').status).toBe(500);
    expect(httpApiV1.interpret({ body: 'x' }).status).toBe(500);
  });

  test('payload 1.0 puts single values before lists and ignores cookies with a hint', () => {
    const answer = httpApiV1.interpret({
      statusCode: 200,
      headers: { a: '1' },
      multiValueHeaders: { a: ['2'] },
      cookies: ['c=1'],
    });
    expect(valuesOf(answer, 'a')).toEqual(['1', '2']);
    expect(valuesOf(answer, 'set-cookie')).toEqual([]);
    expect(answer.problem).toBe('payload 1.0 ignores "cookies"');
  });

  test('payload 2.0 makes a Set-Cookie line of each cookie and ignores multiValueHeaders with a hint', () => {
    const answer = httpApiV2.interpret({ statusCode: 200, cookies: ['a=1', 'b=2'], multiValueHeaders: { x: ['1'] } });
    expect(valuesOf(answer, 'set-cookie')).toEqual(['a=1', 'b=2']);
    expect(answer.problem).toBe('payload 2.0 ignores "multiValueHeaders"');
  });

  test('payload 2.0 refuses cookies that are no list of strings', () => {
    expect(httpApiV2.interpret({ statusCode: 200, cookies: 'a=1' })).toMatchObject({ status: 500 });
    expect(httpApiV2.interpret({ statusCode: 200, cookies: [1] })).toMatchObject({ status: 500 });
  });
});

describe.each([httpApiV2, functionUrl])('$title infers the answer from a result without a status', (door) => {
  test.each([
    ['text', 'text'],
    [3.1, '3.1'],
    [true, 'true'],
    [null, 'null'],
    [['a', 1], '["a",1]'],
    [{ hello: 'world' }, '{"hello":"world"}'],
  ])('%j', (result, body) => {
    const answer = door.interpret(result);
    expect(answer).toEqual({ status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(body) });
  });

  test('and says so when it looks like an answer', () => {
    expect(door.interpret({ body: 'x' }).problem).toContain('no "statusCode"');
  });
});

describe('a Function URL', () => {
  test('answers 502 to a bad status', () => {
    const answer = functionUrl.interpret({ statusCode: 'teapot' });
    expect({ status: answer.status, text: textOf(answer) }).toEqual({ status: 502, text: 'Internal Server Error' });
  });

  test('takes a status as digits and calls what has no type JSON', () => {
    const answer = functionUrl.interpret({ statusCode: '418', body: "i'm a teapot" });
    expect({ status: answer.status, type: valuesOf(answer, 'content-type') }).toEqual({
      status: 418,
      type: ['application/json'],
    });
  });
});

describe('a load balancer', () => {
  test.each([
    ['no status', { body: 'x' }, 'requires a number'],
    ['a status as digits', { statusCode: '200' }, 'requires a number'],
    ['a string', 'hello', 'requires an object'],
    ['more than 1 MB', { statusCode: 200, body: 'x'.repeat(1024 * 1024) }, 'longer than 1 MB'],
  ])('answers a page of 502 to %s', (_name, result, problem) => {
    const answer = alb.interpret(result);
    expect(answer.status).toBe(502);
    expect(valuesOf(answer, 'content-type')).toEqual(['text/html']);
    expect(textOf(answer)).toContain('<h1>502 Bad Gateway</h1>');
    expect(answer.problem).toContain(problem);
  });

  test('reads the map of its mode and hints at the other', () => {
    const both = { statusCode: 200, headers: { a: 'single' }, multiValueHeaders: { a: ['one', 'two'] } };
    expect(valuesOf(alb.interpret(both), 'a')).toEqual(['single']);
    expect(alb.interpret(both).problem).toContain('ignores "multiValueHeaders"');
    expect(valuesOf(albMulti.interpret(both), 'a')).toEqual(['one', 'two']);
    expect(albMulti.interpret(both).problem).toContain('ignores "headers"');
  });

  test('decodes base64 and calls what has no type an octet stream', () => {
    const answer = alb.interpret({ statusCode: 200, statusDescription: '200 OK', body: 'aGk=', isBase64Encoded: true });
    expect({ text: textOf(answer), type: valuesOf(answer, 'content-type') }).toEqual({
      text: 'hi',
      type: ['application/octet-stream'],
    });
    expect(answer.problem).toBeUndefined();
  });
});

describe('request bodies travel as text', () => {
  test.each([
    ['REST API', 'application/octet-stream', true, rest],
    ['REST API with binary media types', 'text/plain', false, restApi(['*/*'])],
    ['HTTP API', 'application/json; charset=utf-8', true, httpApiV2],
    ['HTTP API', 'application/problem+json', true, httpApiV2],
    ['HTTP API', 'application/x-www-form-urlencoded', false, httpApiV2],
    ['Function URL', undefined, false, functionUrl],
    ['ALB', 'text/csv', true, alb],
    ['ALB', 'application/problem+json', false, alb],
  ] as const)('through %s with the type %j: %j', (_name, contentType, isText, door) => {
    expect(door.encodeBody(Buffer.from('hé'), { contentType })).toEqual(
      isText ? { body: 'hé', isBase64Encoded: false } : { body: 'aMOp', isBase64Encoded: true },
    );
  });

  test('but never compressed ones through a load balancer', () => {
    const traits = { contentType: 'text/plain', contentEncoding: 'gzip' };
    expect(alb.encodeBody(Buffer.from('x'), traits).isBase64Encoded).toBe(true);
  });

  test('and bytes that are no text only through a REST API, which spoils them', () => {
    const bytes = Buffer.from([0xff, 0x61]);
    expect(rest.encodeBody(bytes, { contentType: 'text/plain' })).toEqual({ body: '\uFFFDa', isBase64Encoded: false });
    for (const door of [httpApiV2, functionUrl, alb]) {
      expect(door.encodeBody(bytes, { contentType: 'text/plain' })).toEqual({ body: '/2E=', isBase64Encoded: true });
    }
  });
});
