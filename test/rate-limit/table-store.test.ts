import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { AwsModule } from '../../src/aws/aws-module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { RateLimitModule } from '../../src/rate-limit/rate-limit-module.js';
import type { OnStoreError } from '../../src/rate-limit/rate-limit-options.js';
import { RateLimit } from '../../src/rate-limit/rate-limit.js';
import type { RateLimitTable } from '../../src/rate-limit/table-store.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { LocalDynamo } from '../aws/local-dynamo.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';

const dynamo = new LocalDynamo();
let tables = 0;
let table: string;
let stdout: CapturedStdout;

beforeAll(() => dynamo.start());
afterAll(() => dynamo.stop());
beforeEach(async () => {
  stdout = captureStdout();
  dynamo.trouble = undefined;
  table = `limits-${(tables += 1)}`;
  await dynamo.createTable(table);
  dynamo.calls = 0;
});
afterEach(() => jest.restoreAllMocks());

@Controller()
class Orders {
  @RateLimit({ limit: 20, per: 'day', by: ({ request }) => request.header('x-caller') ?? 'someone' })
  @Get('orders')
  list() {
    return 'listed';
  }

  @RateLimit({ limit: 2, per: 'day', by: 'ip' }) @Get('strict') strict() {
    return 'strict';
  }

  @RateLimit({ limit: 2, per: 'day', by: 'ip', onError: 'refuse' }) @Get('login') login() {
    return 'in';
  }
}

interface Given extends Partial<RateLimitTable> {
  readonly onError?: OnStoreError;
}

function appOf({ onError, ...store }: Given = {}): LambdaApplication {
  const module = RateLimitModule.forRoot({
    // A busy machine may take longer than a second for 50 calls.
    store: { table, timeout: 60, config: { ...dynamo.config, maxAttempts: 1 }, ...store },
    ...(onError && { onError }),
  });
  return createApp({ imports: [module], controllers: [Orders] });
}

const get = (app: LambdaApplication, url: string, headers: Record<string, string> = {}) =>
  inject(app, { url, headers });

async function noCredentials(): Promise<never> {
  throw Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
}

describe('a table', () => {
  test('counts for all environments: of 50 requests at once, as many pass as may', async () => {
    const apps = [appOf(), appOf(), appOf()];
    await Promise.all(apps.map((app) => app.ready()));
    const sent = await Promise.all(Array.from({ length: 50 }, (_, index) => get(apps[index % 3]!, '/orders')));
    const statuses = sent.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    const remaining = sent.map(({ headers }) => Number(/r=(\d+)/.exec(headers['ratelimit'] as string)?.[1]));
    expect(remaining.filter((_, index) => statuses[index] === 200).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, left) => left),
    );
  });

  test('gets one call a request, and none from an environment that knows the window to be used up', async () => {
    const app = appOf();
    for (let sent = 0; sent < 10; sent++) await get(app, '/strict');
    expect(dynamo.calls).toBe(2);
    await get(appOf(), '/strict');
    expect(dynamo.calls).toBe(3);
  });

  test('holds no address, no key longer than others, and when DynamoDB may delete an item', async () => {
    const now = Date.UTC(2026, 0, 1, 12, 34, 56);
    jest.spyOn(Date, 'now').mockReturnValue(now);
    const app = appOf();
    await get(app, '/orders', { 'x-caller': 'x'.repeat(5000) });
    const strict = await get(app, '/strict');
    const { Items = [] } = await dynamo.client.send(new ScanCommand({ TableName: table }));
    expect(Items).toHaveLength(2);
    for (const item of Items) {
      expect(Object.keys(item).toSorted()).toEqual(['count', 'expiration', 'id']);
      expect(item['id']?.S).toMatch(/^limit#[\w-]{43}#\d+$/);
    }
    const reset = Number(/t=(\d+)/.exec(strict.headers['ratelimit'] as string)?.[1]);
    const expirations = Items.map((item) => Number(item['expiration']?.N));
    expect(expirations).toContain(now / 1000 + reset + 60);
  });

  test('is used by several functions without one counting for another', async () => {
    const before = process.env['AWS_LAMBDA_FUNCTION_NAME'];
    try {
      const app = appOf();
      for (const name of ['one', 'two']) {
        process.env['AWS_LAMBDA_FUNCTION_NAME'] = name;
        const statuses = [await get(app, '/strict'), await get(app, '/strict'), await get(app, '/strict')];
        expect(statuses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
      }
    } finally {
      if (before === undefined) delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
      else process.env['AWS_LAMBDA_FUNCTION_NAME'] = before;
    }
  });

  test('may be asked through a client of your own, which stays open', async () => {
    const clients = AwsModule.forRoot({ clients: [DynamoDBClient], config: dynamo.config });
    const module = RateLimitModule.forRootAsync({
      inject: [DynamoDBClient],
      useFactory: (client: DynamoDBClient) => ({ store: { table, client } }),
    });
    const app = createApp({ imports: [clients, module], controllers: [Orders] });
    expect((await get(app, '/strict')).statusCode).toBe(200);
    const own = createApp({
      imports: [RateLimitModule.forRoot({ store: { table, client: dynamo.client } })],
      controllers: [Orders],
    });
    expect((await get(own, '/strict')).statusCode).toBe(200);
    await own.close();
    expect((await dynamo.client.send(new ScanCommand({ TableName: table }))).Count).toBe(1);
  });
});

const TROUBLES = [
  ['throttled', { status: 400, type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException' }],
  ['throttled by the account', { status: 400, type: 'com.amazon.coral.availability#ThrottlingException' }],
  ['down', { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' }],
  ['silent', 'hang'],
] as const;

describe.each(TROUBLES)('a table that is %s', (_, trouble) => {
  // Only what hangs needs little time; a busy machine needs more for the rest.
  const timeout = trouble === 'hang' ? 0.5 : 60;
  beforeEach(() => void (dynamo.trouble = trouble));

  test('refuses requests with 503, and passes nobody', async () => {
    const answer = await get(appOf({ timeout }), '/strict');
    expect([answer.statusCode, answer.json(), answer.headers['retry-after']]).toEqual([
      503,
      { detail: 'Requests cannot be counted at the moment. Try again shortly' },
      '1',
    ]);
    const line = stdout.lines().find(({ type }) => type === 'access');
    expect(JSON.stringify(line?.['error_detail'])).toContain('@RateLimit on Orders.strict could not count a request');
  });

  test("lets requests pass where onError is 'allow', and logs each, but not on a route that refuses", async () => {
    const app = appOf({ timeout, onError: 'allow' });
    const answer = await get(app, '/strict');
    expect([answer.statusCode, answer.headers['ratelimit']]).toEqual([200, undefined]);
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringMatching(
          /^@RateLimit on Orders\.strict could not count .* because onError is 'allow'\.$/,
        ),
      }),
    );
    expect((await get(app, '/login')).statusCode).toBe(503);
  });

  test('counts again as soon as it can', async () => {
    const app = appOf({ timeout });
    expect((await get(app, '/strict')).statusCode).toBe(503);
    dynamo.trouble = undefined;
    expect((await get(app, '/strict')).statusCode).toBe(200);
  });
});

describe('a mistake in the setup', () => {
  test.each([
    ['a table that does not exist', () => ({ table: 'missing' }), /"missing" can't be used: .*dynamodb:UpdateItem/],
    ['a table with another key', () => ({ table: `other-${tables}` }), /can't be used: .*partition key is id/],
  ])('is no outage, whatever onError says: %s', async (_, store, message) => {
    await dynamo.createTable(`other-${tables}`, 'pk');
    for (const onError of ['allow', 'refuse'] as const)
      await expect(get(appOf({ ...store(), onError }), '/strict')).rejects.toThrow(message);
  });

  test('is no outage: a client that returns no count', async () => {
    const { client } = dynamo;
    jest.spyOn(client, 'send').mockResolvedValue({} as never);
    const module = RateLimitModule.forRoot({ store: { table, client }, onError: 'allow' });
    const app = createApp({ imports: [module], controllers: [Orders] });
    await expect(get(app, '/strict')).rejects.toThrow(`The rate limit table "${table}" returned no count.`);
  });

  test('is no outage: missing rights', async () => {
    dynamo.trouble = { status: 400, type: 'com.amazon.coral.service#AccessDeniedException' };
    await expect(get(appOf({ onError: 'allow' }), '/strict')).rejects.toThrow("can't be used: in trouble");
  });

  test('is no outage: missing credentials', async () => {
    const app = appOf({ onError: 'allow', config: { ...dynamo.config, credentials: noCredentials } });
    await expect(get(app, '/strict')).rejects.toThrow('Could not load credentials');
  });
});
