import fc from 'fast-check';
import { asHttpException } from '../../src/errors/as-http-exception.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { HttpException } from '../../src/errors/http-exception.js';

const error = (members: object, message = 'told') => Object.assign(new Error(message), members);
const seen = (thrown: unknown) => {
  const { statusCode, detail, headers, errorDetail } = asHttpException(thrown) ?? ({} as Partial<HttpException>);
  return [statusCode, detail, headers, errorDetail];
};

class Gone extends Error {
  readonly statusCode = 410;
}

/** As got has it: the response is a getter of the class. */
class Proxied extends Error {
  readonly statusCode = 401;
  get response() {
    return { body: 'key' };
  }
}

/** As Elasticsearch's client has it: the status is a getter of the class. */
class ResponseError extends Error {
  constructor(readonly meta: { statusCode: number }) {
    super('index_not_found_exception: orders-7');
  }
  get statusCode() {
    return this.meta.statusCode;
  }
}

describe('an error of the shape of http-errors', () => {
  it.each<[string, unknown, unknown[]]>([
    ['written down', { statusCode: 410, message: 'told' }, [410, 'told', {}, undefined]],
    [
      'of http-errors',
      error({ status: 404, statusCode: 404, expose: true, headers: { 'x-a': '1' } }),
      [404, 'told', { 'x-a': '1' }, undefined],
    ],
    ['of a class of its own', new Gone('told'), [410, 'told', {}, undefined]],
    ['without text', error({ statusCode: 404 }, ''), [404, 'Not Found', {}, undefined]],
    ['that exposes nothing', error({ statusCode: 404, expose: false }), [404, 'Not Found', {}, 'told']],
    [
      'that was written down with a word like that of a client',
      { statusCode: 410, message: 'told', requestedBy: 'me' },
      [410, 'told', {}, undefined],
    ],
    [
      'of http-errors, of a server with headers',
      error({ statusCode: 503, expose: false, headers: { 'retry-after': '1' } }),
      [503, 'Service Unavailable', { 'retry-after': '1' }, undefined],
    ],
    ['of a server', error({ statusCode: 503 }), [503, 'Service Unavailable', {}, undefined]],
    ['of a server, written down', { statusCode: 503, message: 'told' }, [503, 'Service Unavailable', {}, 'told']],
    ['of a server that exposes', error({ statusCode: 503, expose: true }), [503, 'told', {}, undefined]],
    [
      'of an upstream that exposes',
      error({ statusCode: 402, requestId: 'r', expose: true }),
      [402, 'told', {}, undefined],
    ],
    [
      'with headers of nobody knows whom',
      error({ statusCode: 409, expose: true, headers: new Headers({ 'set-cookie': 'a=1' }) }),
      [409, 'told', {}, undefined],
    ],
    [
      'with headers that have no prototype',
      error({ statusCode: 409, expose: true, headers: Object.assign(Object.create(null) as object, { a: '1' }) }),
      [409, 'told', { a: '1' }, undefined],
    ],
  ])('%s is an answer', (_, thrown, expected) => {
    expect(seen(thrown)).toEqual(expected);
    expect(asHttpException(thrown)!.cause).toBe(thrown);
  });

  it.each<[string, unknown]>([
    [
      'of the AWS SDK',
      error({ statusCode: 400, code: 'AccessDenied', requestId: 'r' }, 'User: arn:aws:iam::1:role/x is not authorized'),
    ],
    ['of the AWS SDK, version 3', error({ statusCode: 400, $metadata: { httpStatusCode: 400 } })],
    ['of an HTTP client', error({ statusCode: 401, response: { body: 'key' } })],
    ['of an HTTP client, with its request', error({ statusCode: 401, request: {} })],
    ['of Elasticsearch', new ResponseError({ statusCode: 404 })],
    [
      'of undici',
      error({ code: 'UND_ERR_RESPONSE_STATUS_CODE', statusCode: 401, status: 401, headers: { 'set-cookie': 'a=1' } }),
    ],
    ['of a generated client', error({ statusCode: 401, body: { key: 'sk-1' } }, 'Status code: 401 Body: sk-1')],
    ['of a generated client, with the response', error({ statusCode: 401, body: undefined, rawResponse: {} })],
    ['of an AI SDK', error({ statusCode: 401, responseBody: 'Incorrect key sk-1', isRetryable: false })],
    ['with the headers of a response', error({ statusCode: 404, headers: new Headers({ 'set-cookie': 'a=1' }) })],
    ['of a class with getters', new Proxied()],
  ])('%s is about an upstream, and none', (_, thrown) => {
    expect(asHttpException(thrown)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['status', { status: 410, message: 'told' }],
    ['text as status', { statusCode: '410', message: 'told' }],
    ['no message', { statusCode: 410 }],
    ['a success', { statusCode: 200, message: 'told' }],
    ['a redirect', { statusCode: 302, message: 'told' }],
    ['beyond', { statusCode: 600, message: 'told' }],
    ['a fraction', { statusCode: 410.5, message: 'told' }],
    ['NaN', { statusCode: Number.NaN, message: 'told' }],
    ['expose as text', { statusCode: 410, message: 'told', expose: 'no' }],
    ['a message that is no text', { statusCode: 410, message: {} }],
    [
      'a getter that throws',
      {
        get statusCode() {
          throw new Error('no');
        },
        message: 'told',
      },
    ],
    ['text', 'told'],
    ['nothing', undefined],
    ['null', null],
    ['a function', Object.assign(() => undefined, { statusCode: 410, message: 'told' })],
    ['an ordinary error', new Error('told')],
  ])('nothing else is: %s', (_, thrown) => {
    expect(asHttpException(thrown)).toBeUndefined();
  });

  it('leaves an HttpException as it is', () => {
    const conflict = new ConflictException('taken');
    expect(asHttpException(conflict)).toBe(conflict);
  });

  it('gives an answer with a status of an error, or none, whatever is thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record(
            {
              statusCode: fc.oneof(fc.integer(), fc.integer({ min: 400, max: 599 })),
              message: fc.anything(),
              expose: fc.anything(),
              headers: fc.anything(),
            },
            { requiredKeys: [] },
          ),
        ),
        (thrown) => {
          const known = asHttpException(thrown);
          if (known) expect(known.statusCode >= 400 && known.statusCode < 600).toBe(true);
        },
      ),
    );
  });
});
