import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { AwsModule } from '../../src/aws/aws-module.js';
import { dynamoDbCheck, sqsCheck } from '../../src/health/aws-checks.js';
import type { HealthCheck } from '../../src/health/health-check.js';
import { HealthModule } from '../../src/health/health-module.js';
import { httpCheck } from '../../src/health/http-check.js';
import { startQueues } from '../../src/local/queues/start-queues.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { LocalDynamo } from '../aws/local-dynamo.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

function appOf(check: HealthCheck, imports: readonly ReturnType<typeof AwsModule.forRoot>[] = []): LambdaApplication {
  return createApp({ imports: [...imports, HealthModule.forRoot({ checks: { part: check }, ttl: 0 })] });
}

async function statusOf(app: LambdaApplication): Promise<unknown> {
  const { statusCode } = await inject(app, { url: '/health' });
  return statusCode;
}

const reasons = () => JSON.stringify(stdout.lines().map(({ error }) => error));

describe('a DynamoDB table', () => {
  const dynamo = new LocalDynamo();
  beforeAll(async () => {
    await dynamo.start();
    await dynamo.createTable('orders');
  });
  afterAll(() => dynamo.stop());
  beforeEach(() => void (dynamo.trouble = undefined));

  test('is up where it is there, and down where it is not', async () => {
    const { config } = dynamo;
    expect(await statusOf(appOf(dynamoDbCheck('orders', { config })))).toBe(200);
    expect(await statusOf(appOf(dynamoDbCheck('missing', { config })))).toBe(503);
    expect(reasons()).toContain('ResourceNotFoundException');
  });

  test.each([
    ['UPDATING', 200, ''],
    ['CREATING', 503, 'The table is CREATING'],
    [undefined, 503, 'The table is not described'],
  ])('whose status is %s is %i', async (TableStatus, status, reason) => {
    const { client } = dynamo;
    jest.spyOn(client, 'send').mockResolvedValue({ Table: { TableStatus } } as never);
    expect(await statusOf(appOf(dynamoDbCheck('orders', { client })))).toBe(status);
    expect(reasons()).toContain(reason);
  });

  test.each([
    ['throttled', { status: 400, type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' }],
    ['down', { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' }],
    ['silent', 'hang'],
  ] as const)('is down while it is %s, and up again after that', async (_, trouble) => {
    // Only what hangs needs little time; a busy machine needs more for the rest.
    const app = appOf(dynamoDbCheck('orders', { config: dynamo.config, timeout: trouble === 'hang' ? 0.5 : 30 }));
    dynamo.trouble = trouble;
    const before = dynamo.calls;
    expect(await statusOf(app)).toBe(503);
    expect(dynamo.calls).toBe(before + 1);
    dynamo.trouble = undefined;
    expect(await statusOf(app)).toBe(200);
  });

  test('is asked through the client of AwsModule, which stays its own', async () => {
    const destroy = jest.spyOn(DynamoDBClient.prototype, 'destroy');
    const clients = AwsModule.forRoot({ clients: [DynamoDBClient], config: dynamo.config });
    const app = appOf(dynamoDbCheck('orders'), [clients]);
    expect(await statusOf(app)).toBe(200);
    await app.close();
    expect(destroy).toHaveBeenCalledTimes(1);
  });

  test('is asked through a client of your own, which is not destroyed', async () => {
    const destroy = jest.spyOn(dynamo.client, 'destroy');
    const app = appOf(dynamoDbCheck('orders', { client: dynamo.client }));
    expect(await statusOf(app)).toBe(200);
    await app.close();
    expect(destroy).not.toHaveBeenCalled();
  });

  test('is asked through a client that the check makes, and destroys with the application', async () => {
    const destroy = jest.spyOn(DynamoDBClient.prototype, 'destroy');
    const check = dynamoDbCheck('orders', { config: dynamo.config });
    const [one, other] = [appOf(check), appOf(check)];
    expect([await statusOf(one), await statusOf(other)]).toEqual([200, 200]);
    await one.close();
    expect(destroy).toHaveBeenCalledTimes(1);
    expect(await statusOf(other)).toBe(200);
    await other.close();
    expect(destroy).toHaveBeenCalledTimes(2);
  });

  test('may be named by a variable that only the function has', async () => {
    let name: string | undefined;
    const app = appOf(dynamoDbCheck(() => name, { config: dynamo.config }));
    expect(await statusOf(app)).toBe(503);
    expect(reasons()).toContain('The function of dynamoDbCheck returned undefined instead of a name');
    name = 'orders';
    expect(await statusOf(app)).toBe(200);
  });
});

describe('an SQS queue', () => {
  let queues: Awaited<ReturnType<typeof startQueues>>;
  const urlOf = (name: string) => `${queues.endpoint}/123456789012/${name}`;
  const config = () => ({ endpoint: queues.endpoint, region: 'eu-central-1', credentials });
  beforeAll(async () => {
    queues = await startQueues({ names: ['jobs'], port: 0, terminal: { log() {}, error() {} } as never });
  });
  afterAll(() => queues.close());

  test('is up where it is there, by name and by URL, and down where it is not', async () => {
    expect(await statusOf(appOf(sqsCheck('jobs', { config: config() })))).toBe(200);
    expect(await statusOf(appOf(sqsCheck(urlOf('jobs'), { config: config() })))).toBe(200);
    expect(await statusOf(appOf(sqsCheck('missing', { config: config() })))).toBe(503);
    expect(await statusOf(appOf(sqsCheck(`${urlOf('jobs')}x`, { config: config() })))).toBe(503);
    expect(reasons()).toMatch(/QueueDoesNotExist|NonExistentQueue/);
  });

  test('is asked through the client of AwsModule', async () => {
    const clients = AwsModule.forRoot({ clients: [SQSClient], config: config() });
    expect(await statusOf(appOf(sqsCheck('jobs'), [clients]))).toBe(200);
  });
});

describe('a URL', () => {
  let server: Server;
  let url: string;
  let seen: string[];
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.headers.authorization ?? ''}`.trim());
      if (request.url === '/silent') return;
      response.writeHead(Number(request.url!.slice(1)), { location: '/200' }).end('secret');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => void (seen = []));

  test.each([
    ['200', {}, 200],
    ['204', {}, 200],
    ['302', {}, 503],
    ['404', {}, 503],
    ['500', {}, 503],
    ['401', { status: 401 }, 200],
    ['200', { status: 401 }, 503],
    ['silent', { timeout: 0.1 }, 503],
  ])('that responds with %s, checked with %j, is a %i', async (path, options, status) => {
    expect(await statusOf(appOf(httpCheck(`${url}/${path}`, options)))).toBe(status);
    expect(seen).toHaveLength(1);
  });

  test('is asked with the method and the headers that are given', async () => {
    const check = httpCheck(new URL(`${url}/200`), { method: 'HEAD', headers: { authorization: 'Bearer a' } });
    expect(await statusOf(appOf(check))).toBe(200);
    expect(seen).toEqual(['HEAD Bearer a']);
  });

  test('where nobody listens is down', async () => {
    expect(await statusOf(appOf(httpCheck('http://127.0.0.1:1/')))).toBe(503);
    expect(reasons()).toMatch(/fetch failed|bad port/);
  });

  test.each(['/health', 'ftp://example.com', 'https://user:secret@example.com', '', 5, null, undefined])(
    'that can not be checked is refused: %p',
    (wrong) => {
      expect(() => httpCheck(wrong as string)).toThrow('httpCheck takes an absolute URL without credentials');
    },
  );
});

test.each([[dynamoDbCheck], [sqsCheck]])('a name that is none is refused where the check is made', (check) => {
  for (const name of ['', ' ', 5, null, undefined])
    expect(() => check(name as string)).toThrow(/takes a name, or a function that returns it/);
  expect(() => check('a', { retries: 1 } as never)).toThrow('retries');
});
