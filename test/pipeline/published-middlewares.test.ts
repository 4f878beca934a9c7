import type { Context as LambdaContext } from 'aws-lambda';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body, Context } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { fromMiddy, type MiddyMiddleware, type MiddyRequest } from '../../src/pipeline/from-middy.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { appOf } from '../application/create-app.js';
import { ValueServices } from '../aws/parameters/value-services.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { published } from './published-middleware.js';

// Middlewares of middy 6, as npm delivers them.
const doNotWait = published('do-not-wait-for-empty-event-loop');
const errorLogger = published<{ logger: (request: MiddyRequest) => void }>('error-logger');
const inputOutputLogger = published<{ logger: (message: object) => void }>('input-output-logger');
const secretsManager = published<object>('secrets-manager');
const securityHeaders = published('http-security-headers');
const ssm = published<object>('ssm');
const warmup = published('warmup');

const services = new ValueServices();
beforeAll(() => services.start());
afterAll(() => services.close());

beforeEach(() => {
  captureStdout();
  services.clear();
});
afterEach(() => jest.restoreAllMocks());

const errors: string[] = [];
const logged: object[] = [];
beforeEach(() => {
  errors.length = 0;
  logged.length = 0;
});
const loggingErrors = errorLogger({ logger: ({ error }) => void errors.push((error as Error).message) });

@Controller()
class Routes {
  @Get('data') @UseInterceptors(fromMiddy(securityHeaders())) data() {
    return { id: 1 };
  }
  @Get('response') @UseInterceptors(fromMiddy(securityHeaders())) response() {
    return new JsonResponse({ id: 1 }, { statusCode: 201 });
  }
  @Get('values') values(@Context() context: LambdaContext & { database?: unknown; key?: unknown }) {
    return { database: context.database, key: context.key };
  }
  @Get('conflict') @UseInterceptors(fromMiddy(loggingErrors)) conflict() {
    throw new ConflictException('taken');
  }
  @OnSqs() @UseInterceptors(fromMiddy(loggingErrors)) take(@Body() body: string) {
    throw new Error(`can't take ${body}`);
  }
}

const withEverywhere = (...middlewares: MiddyMiddleware[]): LambdaApplication =>
  appOf(Routes, { interceptors: [fromMiddy(middlewares)] });

test('warmup answers an event that has no route', async () => {
  const app = withEverywhere(warmup());
  await expect(app.handler({ source: 'serverless-plugin-warmup' }, fakeContext())).resolves.toBe('warmup');
  expect((await inject(app, { url: '/data' })).json()).toEqual({ id: 1 });
});

test("do-not-wait-for-empty-event-loop sets its flag on Lambda's own context", async () => {
  const context = fakeContext();
  context.callbackWaitsForEmptyEventLoop = true;
  await withEverywhere(doNotWait(), warmup()).handler({ source: 'serverless-plugin-warmup' }, context);
  expect(context.callbackWaitsForEmptyEventLoop).toBe(false);
});

test('ssm and secrets-manager fetch values, which the method finds on the context', async () => {
  services.parameters.set('/db/url', { value: 'postgres://db', type: 'SecureString' });
  services.secrets.set('api-key', '{"key":"k-1"}');
  const shared = { awsClientOptions: services.client, setToContext: true, disablePrefetch: true };
  const app = withEverywhere(
    ssm({ ...shared, fetchData: { database: '/db/url' } }),
    secretsManager({ ...shared, fetchData: { key: 'api-key' } }),
  );
  const expected = { database: 'postgres://db', key: { key: 'k-1' } };
  expect((await inject(app, { url: '/values' })).json()).toEqual(expected);
  expect((await inject(app, { url: '/values' })).json()).toEqual(expected);
  expect(services.calls.map(({ operation }) => operation)).toEqual([
    'AmazonSSM.GetParameters',
    'secretsmanager.GetSecretValue',
  ]);
});

test('a secret that is not there fails the event as it does under middy', async () => {
  const options = { awsClientOptions: services.client, setToContext: true, disablePrefetch: true, cacheKey: 'missing' };
  const app = withEverywhere(loggingErrors, secretsManager({ ...options, fetchData: { key: 'nothing' } }));
  await expect(inject(app, { url: '/values' })).rejects.toThrow('Failed to resolve internal values');
  expect(errors).toEqual(['Failed to resolve internal values']);
});

test('input-output-logger logs the event and the encoded result', async () => {
  const app = withEverywhere(inputOutputLogger({ logger: (message) => void logged.push(message) }));
  await inject(app, { url: '/data' });
  expect(logged).toEqual([
    { event: expect.objectContaining({ rawPath: '/data', version: '2.0' }) as object },
    { response: expect.objectContaining({ statusCode: 200 }) as object },
  ]);
});

describe('http-security-headers', () => {
  const HSTS = 'max-age=15552000; includeSubDomains; preload';

  test.each(['/data', '/response'])('around a route writes headers on %s', async (url) => {
    const answer = await inject(appOf(Routes), { url });
    expect(answer.headers).toMatchObject({
      'strict-transport-security': HSTS,
      'content-type': expect.stringMatching('application/json') as string,
    });
    expect(answer.headers).not.toHaveProperty('server');
    expect([answer.statusCode, answer.json()]).toEqual([url === '/data' ? 200 : 201, { id: 1 }]);
  });

  test('around every event writes them on answers of the application too', async () => {
    const answer = await inject(withEverywhere(securityHeaders()), { url: '/nothing-here' });
    expect([answer.statusCode, answer.headers['strict-transport-security']]).toEqual([404, HSTS]);
  });
});

describe('error-logger', () => {
  test('around a route sees what the method throws, and the answer stays', async () => {
    expect((await inject(appOf(Routes), { url: '/conflict' })).statusCode).toBe(409);
    expect(errors).toEqual(['taken']);
  });

  test('around a consumer sees each record that fails', async () => {
    const Records = ['a', 'b'].map((body) => ({
      messageId: body,
      body,
      attributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: 'x:q',
    }));
    await appOf(Routes).handler({ Records }, fakeContext());
    expect(errors.toSorted()).toEqual(["can't take a", "can't take b"]);
  });
});
