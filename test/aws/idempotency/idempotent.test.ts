import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Exclude } from 'class-transformer';
import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { AwsModule } from '../../../src/aws/aws-module.js';
import { IdempotencyModule } from '../../../src/aws/idempotency/idempotency-module.js';
import type { IdempotencyOptions } from '../../../src/aws/idempotency/idempotency-store.js';
import { Idempotent, type IdempotentOptions } from '../../../src/aws/idempotency/idempotent.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { Body, Param, Res } from '../../../src/decorators/parameters.js';
import { Controller, Get, HttpCode, Post } from '../../../src/decorators/routes.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { BadRequestException } from '../../../src/errors/exceptions.js';
import { JsonResponse } from '../../../src/http/response/json-response.js';
import type { Response } from '../../../src/http/response/response.js';
import type { Constructor } from '../../../src/shared/types.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../../application/create-app.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';
import { until } from '../../until.js';

// It has no types.
const dynalite = jest.requireActual<(options: { createTableMs: number; deleteTableMs: number }) => Server>('dynalite');
const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
const tableName = 'idempotency';
let config: { endpoint: string; region: string; credentials: object };
let dynamo: DynamoDBClient;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config = { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  dynamo = new DynamoDBClient(config as ConstructorParameters<typeof DynamoDBClient>[0] & object);
});
afterAll(async () => {
  dynamo.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** What is kept for a time begins at one that the test knows; timers run on. */
function clockStandsStill(): number {
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now);
  return now;
}

let stdout: CapturedStdout;
const failedLine = () => stdout.lines().find(({ type, status }) => type === 'record' && status === 'failed');
let calls: string[];
/** What a call of a method waits for. */
let gate: Promise<void>;

beforeEach(async () => {
  stdout = captureStdout();
  calls = [];
  gate = Promise.resolve();
  await dynamo.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
});
afterEach(async () => {
  jest.restoreAllMocks();
  await dynamo.send(new DeleteTableCommand({ TableName: tableName }));
});

function appOf(controller: Constructor, options: Partial<IdempotencyOptions> = {}): LambdaApplication {
  return createApp({
    imports: [IdempotencyModule.forRoot({ tableName, config, ...options })],
    controllers: [controller],
  });
}

const items = async () => (await dynamo.send(new ScanCommand({ TableName: tableName }))).Items ?? [];

class Account {
  id = 1;
  @Exclude() password = 'hunter2';
  note = undefined;
}

@Controller()
class Orders {
  @Post('orders') @HttpCode(201) @Idempotent({ key: 'body.id' }) async create(
    @Body() order: { id: string; fail?: boolean },
  ) {
    calls.push(order.id);
    await gate;
    if (order.fail && calls.length === 1) throw new BadRequestException('not now');
    return { order: order.id, call: calls.length };
  }

  @Post('payments') @Idempotent({ key: 'headers."idempotency-key"', payload: 'body' }) pay(@Body() payment: object) {
    calls.push('pay');
    return payment;
  }

  @Post('users/:user/orders')
  @Idempotent({
    key: ({ request }) => [request.params['user'], request.header('idempotency-key')],
    payload: ({ request }) => request.text(),
  })
  createFor(@Param('user') user: string) {
    calls.push(user);
    return user;
  }

  @Post('nothing') @Idempotent({ key: 'body.id' }) nothing() {
    calls.push('nothing');
  }
  @Post('account') @Idempotent({ key: 'body.id' }) account(@Res() response: Response) {
    response.headers['x-set'] = 'by the method';
    return new Account();
  }
  @Post('crash') @Idempotent({ key: 'body.id' }) crash() {
    calls.push('crash');
    // oxlint-disable-next-line no-throw-literal -- programs do.
    if (calls.length === 1) throw 'a string';
    return calls.length;
  }
  @Post('response') @Idempotent({ key: 'body.id' }) response() {
    return new JsonResponse({});
  }
  @Post('stream') @Idempotent({ key: 'body.id' }) stream() {
    return Readable.from(['a']);
  }
  @Post('tenants')
  @Idempotent({ key: async ({ request }) => [request.header('x-tenant'), request.header('idempotency-key')] })
  tenants() {
    calls.push('tenants');
    return calls.length;
  }
  @Post('lost')
  @Idempotent({ key: ({ request }) => ({ tenant: new Map([['id', request.header('x-tenant')]]), id: 'o-1' }) })
  lost() {}
  @Post('broken') @Idempotent({ key: 'body.[' }) broken() {}
}

const post = (app: LambdaApplication, url: string, payload: unknown, headers: Record<string, string> = {}) =>
  inject(app, { method: 'POST', url, payload, headers });

describe('a request', () => {
  test('that comes again gets the same answer without the method', async () => {
    const app = appOf(Orders);
    const first = await post(app, '/orders', { id: 'o-1' });
    const second = await post(app, '/orders', { id: 'o-1' });
    expect([first.statusCode, first.json()]).toEqual([201, { order: 'o-1', call: 1 }]);
    expect([second.statusCode, second.json()]).toEqual([201, { order: 'o-1', call: 1 }]);
    expect(calls).toEqual(['o-1']);
  });

  test('of another execution environment does, too', async () => {
    await post(appOf(Orders), '/orders', { id: 'o-1' });
    expect((await post(appOf(Orders), '/orders', { id: 'o-1' })).json()).toEqual({ order: 'o-1', call: 1 });
  });

  test('with another key runs, and so does another method with the same', async () => {
    const app = appOf(Orders);
    await post(app, '/orders', { id: 'o-1' });
    await post(app, '/orders', { id: 'o-2' });
    await post(app, '/nothing', { id: 'o-1' });
    expect(calls).toEqual(['o-1', 'o-2', 'nothing']);
  });

  test('that comes while the first is under way is 409, and runs once', async () => {
    const door = new EventEmitter();
    gate = once(door, 'open').then(() => undefined);
    const app = appOf(Orders);
    const answers = Array.from({ length: 5 }, () => post(app, '/orders', { id: 'o-1' }));
    const early: number[] = [];
    for (const answer of answers) void answer.then(({ statusCode }) => early.push(statusCode));
    await until('the answers to the others', () => early.length === 4);
    expect(early).toEqual([409, 409, 409, 409]);
    door.emit('open');
    const statuses = (await Promise.all(answers)).map(({ statusCode }) => statusCode);
    expect(statuses.toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(calls).toEqual(['o-1']);
    expect((await post(app, '/orders', { id: 'o-1' })).statusCode).toBe(201);
  });

  test('whose first attempt failed runs again', async () => {
    const app = appOf(Orders);
    const first = await post(app, '/orders', { id: 'o-1', fail: true });
    expect([first.statusCode, first.json()]).toEqual([400, { detail: 'not now' }]);
    expect((await post(app, '/orders', { id: 'o-1', fail: true })).json()).toEqual({ order: 'o-1', call: 2 });
  });

  test('whose first attempt threw no error runs again, and the thrown value stays what it was', async () => {
    const app = appOf(Orders);
    await expect(post(app, '/crash', { id: 'c' })).rejects.toBe('a string');
    expect((await post(app, '/crash', { id: 'c' })).json()).toBe(2);
  });

  test('without a key is 400', async () => {
    const answer = await post(appOf(Orders), '/orders', { other: 1 });
    expect([answer.statusCode, answer.json()]).toEqual([400, { detail: 'The idempotency key is missing' }]);
    expect(calls).toEqual([]);
  });

  test('that can not be parsed is 400 before the table is asked', async () => {
    const answer = await inject(appOf(Orders), {
      method: 'POST',
      url: '/orders',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    });
    expect([answer.statusCode, await items()]).toEqual([400, []]);
  });

  test('with the key of another payload is 422', async () => {
    const app = appOf(Orders);
    const headers = { 'idempotency-key': 'k-1' };
    expect((await post(app, '/payments', { amount: 1 }, headers)).statusCode).toBe(200);
    expect((await post(app, '/payments', { amount: 1 }, headers)).json()).toEqual({ amount: 1 });
    const other = await post(app, '/payments', { amount: 2 }, headers);
    expect([other.statusCode, other.json()]).toEqual([
      422,
      { detail: 'The idempotency key was already used for a different request' },
    ]);
    expect(calls).toEqual(['pay']);
  });

  test('has the key and the payload that functions give', async () => {
    const app = appOf(Orders);
    const headers = { 'idempotency-key': 'k-1' };
    expect((await post(app, '/users/ada/orders', { a: 1 }, headers)).json()).toBe('ada');
    expect((await post(app, '/users/bob/orders', { a: 1 }, headers)).json()).toBe('bob');
    expect((await post(app, '/users/ada/orders', { a: 1 }, headers)).json()).toBe('ada');
    expect((await post(app, '/users/ada/orders', { a: 2 }, headers)).statusCode).toBe(422);
    expect(calls).toEqual(['ada', 'bob']);
  });

  test('has the key that a promise comes to', async () => {
    const app = appOf(Orders);
    const of = async (tenant: string) =>
      (await post(app, '/tenants', {}, { 'x-tenant': tenant, 'idempotency-key': 'k-1' })).json();
    expect([await of('acme'), await of('other'), await of('acme')]).toEqual([1, 2, 1]);
  });

  test('fails where its key would look like every other', async () => {
    await expect(post(appOf(Orders), '/lost', {})).rejects.toThrow(
      'The key of @Idempotent on Orders.lost is an object of the class Map at tenant: it is compared as JSON',
    );
  });

  test('that gave nothing gives nothing again', async () => {
    const app = appOf(Orders);
    const statuses = [await post(app, '/nothing', { id: 1 }), await post(app, '/nothing', { id: 1 })].map(
      ({ statusCode }) => statusCode,
    );
    expect([statuses, calls]).toEqual([[204, 204], ['nothing']]);
  });

  test('is kept as its classes are written, without what they exclude', async () => {
    const app = appOf(Orders);
    const answers = [await post(app, '/account', { id: 1 }), await post(app, '/account', { id: 1 })];
    expect(answers.map(({ payload }) => payload)).toEqual(['{"id":1}', '{"id":1}']);
    expect(answers.map(({ headers }) => headers['x-set'])).toEqual(['by the method', undefined]);
    expect(JSON.stringify(await items())).not.toContain('hunter2');
  });

  test.each([
    ['/response', '@Idempotent cannot store the result of Orders.response: it is a JsonResponse.'],
    ['/stream', '@Idempotent cannot store the result of Orders.stream: it is a Readable.'],
  ])('whose result is no data fails with a word on it, and is not done again: %s', async (url, message) => {
    const app = appOf(Orders);
    await expect(post(app, url, { id: 1 })).rejects.toThrow(message);
    const again = await post(app, url, { id: 1 });
    expect([again.statusCode, again.json()]).toEqual([
      409,
      { detail: 'This request was already processed, but its result was not stored' },
    ]);
  });

  test('without a part of its key is 400: callers who are not known are not the same', async () => {
    @Controller()
    class Parts {
      @Post('list') @Idempotent({ key: '[headers."x-user", headers."idempotency-key"]' }) list() {
        calls.push('list');
      }
      @Post('record') @Idempotent({ key: '{user: headers."x-user", id: headers."idempotency-key"}' }) record() {
        calls.push('record');
      }
      @Post('select') @Idempotent({ key: 'headers.["x-user", "idempotency-key"]' }) select() {
        calls.push('select');
      }
      @Post('pick') @Idempotent({ key: 'headers.{user: "x-user", id: "idempotency-key"}' }) pick() {
        calls.push('pick');
      }
      @Post('piped') @Idempotent({ key: 'headers | ["x-user", "idempotency-key"]' }) piped() {
        calls.push('piped');
      }
      @Post('spaced') @Idempotent({ key: ' [ headers."x-user", headers."idempotency-key" ]' }) spaced() {
        calls.push('spaced');
      }
      @Post('deep')
      @Idempotent({
        key: ({ request }) => [{ user: request.header('x-user') || undefined }, [request.header('idempotency-key')]],
      })
      deep() {
        calls.push('deep');
      }
      @Post('function')
      @Idempotent({ key: ({ request }) => [request.header('x-user'), request.header('idempotency-key')] })
      function() {
        calls.push('function');
      }
      @Post('object')
      @Idempotent({ key: ({ request }) => ({ user: request.header('x-user'), id: request.header('idempotency-key') }) })
      object() {
        calls.push('object');
      }
    }
    const app = appOf(Parts);
    for (const url of ['/list', '/record', '/function', '/object', '/select', '/pick', '/piped', '/spaced', '/deep']) {
      calls = [];
      const sent = async (headers: Record<string, string>) => (await post(app, url, {}, headers)).statusCode;
      expect(await sent({ 'idempotency-key': 'k' })).toBe(400);
      expect(await sent({ 'x-user': 'ada' })).toBe(400);
      expect(await sent({ 'x-user': '', 'idempotency-key': 'k' })).toBe(400);
      expect(calls).toEqual([]);
      for (const user of ['ada', 'bob', 'ada'])
        expect(await sent({ 'x-user': user, 'idempotency-key': 'k' })).toBe(204);
      expect(calls).toHaveLength(2);
    }
  });

  test('may have a body with nothing in a member for its key', async () => {
    @Controller()
    class Whole {
      @Post('whole') @Idempotent({ key: 'body' }) whole() {
        calls.push('whole');
      }
      @Post('given') @Idempotent({ key: ({ request }) => request.json() }) given() {
        calls.push('given');
      }
    }
    const app = appOf(Whole);
    for (const url of ['/whole', '/given', '/whole', '/given'])
      expect((await post(app, url, { id: 1, note: null })).statusCode).toBe(204);
    expect(calls).toEqual(['whole', 'given']);
  });

  test('may be one thing, whatever is in it', async () => {
    @Controller()
    class One {
      @Post('list') @Idempotent({ key: 'body.list' }) list() {
        calls.push('list');
      }
      @Post('index') @Idempotent({ key: 'body.list[0]' }) index() {
        calls.push('index');
      }
      @Post('filter') @Idempotent({ key: 'body.rows[?id > `0`] | [0].id' }) filter() {
        calls.push('filter');
      }
      @Post('flat') @Idempotent({ key: 'body.rows | [*].id' }) flat() {
        calls.push('flat');
      }
      @Post('with') @Idempotent({ key: '[body.id, body.list]' }) with() {
        calls.push('with');
      }
    }
    const app = appOf(One);
    const body = { id: 7, list: ['a', null, ''], rows: [{ id: 0 }, { id: 1 }] };
    const urls = ['/list', '/index', '/filter', '/flat', '/with'];
    for (const url of [...urls, ...urls]) expect((await post(app, url, body)).statusCode).toBe(204);
    expect(calls).toEqual(['list', 'index', 'filter', 'flat', 'with']);
  });

  test('whose expression makes no sense fails naming the method', async () => {
    await expect(post(appOf(Orders), '/broken', { id: 1 })).rejects.toThrow('@Idempotent on Orders.broken:');
  });
});

async function expire(attribute: string, value: number): Promise<void> {
  const [item] = await items();
  await dynamo.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: { id: item?.['id'] as { S: string } },
      UpdateExpression: 'SET #a = :v',
      ExpressionAttributeNames: { '#a': attribute },
      ExpressionAttributeValues: { ':v': { N: String(value) } },
    }),
  );
}

describe('time', () => {
  test('a result is kept for as long as the module says, or the method', async () => {
    @Controller()
    class Short {
      @Post('short') @Idempotent({ key: 'body.id', expiresAfter: 60 }) short() {}
    }
    const now = clockStandsStill();
    await post(appOf(Orders, { expiresAfter: 600 }), '/nothing', { id: 1 });
    await post(appOf(Short, { expiresAfter: 600 }), '/short', { id: 1 });
    const left = (await items()).map((item) => Number(item['expiration']?.N) - now / 1000).toSorted((a, b) => a - b);
    expect(left.map(Math.round)).toEqual([60, 600]);
  });

  test('a key that has expired runs again', async () => {
    const app = appOf(Orders);
    await post(app, '/orders', { id: 'o-1' });
    await expire('expiration', 1);
    expect((await post(app, '/orders', { id: 'o-1' })).json()).toEqual({ order: 'o-1', call: 2 });
  });

  test("who died at it holds the key no longer than the invocation's own time", async () => {
    gate = new Promise(() => undefined);
    const app = appOf(Orders);
    const event = httpEvents.apiGatewayV2({ method: 'POST', url: '/orders', payload: { id: 'o-1' } });
    const now = clockStandsStill();
    // 504 before Lambda ends it: the key stays, for the method is still under way.
    const first = (await app.handler(event, fakeContext({ remainingTime: 700 }))) as { statusCode: number };
    expect(first.statusCode).toBe(504);
    const [item] = await items();
    expect(item?.['status']?.S).toBe('INPROGRESS');
    expect(Number(item?.['in_progress_expiration']?.N)).toBe(now + 700);
    expect((await post(app, '/orders', { id: 'o-1' })).statusCode).toBe(409);
    await expire('in_progress_expiration', 1);
    gate = Promise.resolve();
    expect((await post(app, '/orders', { id: 'o-1' })).statusCode).toBe(201);
  });
});

const sqs = (queue: string, ...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1' },
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-central-1:1:${queue}`,
  })),
});

const deliver = async (app: LambdaApplication, event: object) =>
  (
    (await app.handler(event, fakeContext())) as { batchItemFailures: { itemIdentifier: string }[] }
  ).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a record', () => {
  class Shipping {
    @OnSqs('orders') @Idempotent({ key: 'body.id' }) async ship(@Body() order: { id: string; poison?: boolean }) {
      calls.push(order.id);
      await gate;
      if (order.poison && calls.length === 1) throw new Error('poison');
    }
    @OnSqs('texts') @Idempotent({ key: 'body' }) text(@Body() text: string) {
      calls.push(text);
    }
  }
  const shipping = () =>
    createApp({ imports: [IdempotencyModule.forRoot({ tableName, config })], providers: [Shipping] });

  test('that is delivered again is done without the method', async () => {
    const app = shipping();
    const event = sqs('orders', '{"id":"o-1"}', '{"id":"o-2"}');
    expect(await deliver(app, event)).toEqual([]);
    expect(await deliver(app, event)).toEqual([]);
    expect(calls.toSorted()).toEqual(['o-1', 'o-2']);
  });

  test('that stands twice in a batch is done once: the other fails, and its retry finds it done', async () => {
    const app = shipping();
    gate = until('the failure of the other', failedLine).then(() => undefined);
    const failed = await deliver(app, sqs('orders', '{"id":"o-1"}', '{"id":"o-1"}'));
    expect([failed.length, calls]).toEqual([1, ['o-1']]);
    const line = failedLine();
    expect(line).toMatchObject({
      consumer: 'Shipping.ship',
      error_detail: expect.stringContaining('already an execution in progress') as string,
    });
    expect(await deliver(app, sqs('orders', '{"id":"o-1"}'))).toEqual([]);
    expect(calls).toEqual(['o-1']);
  });

  test('that failed is tried again', async () => {
    const app = shipping();
    const event = sqs('orders', '{"id":"o-1","poison":true}');
    expect(await deliver(app, event)).toEqual(['m-0']);
    expect(await deliver(app, event)).toEqual([]);
    expect(calls).toEqual(['o-1', 'o-1']);
  });

  test('without a key fails', async () => {
    expect(await deliver(shipping(), sqs('orders', '{}', '{"id":"o-2"}'))).toEqual(['m-0']);
  });

  test('of text has its text for a body', async () => {
    const app = shipping();
    await deliver(app, sqs('texts', 'one', 'two', 'one'));
    await deliver(app, sqs('texts', 'one'));
    expect(calls.toSorted()).toEqual(['one', 'two']);
  });
});

class Private {
  readonly #cents = 7;
  get euros(): number {
    return this.#cents / 100;
  }
}

/** What a method may give, and what JSON has of it; `undefined` where it can't be kept. */
const RESULTS: Readonly<Record<string, readonly [give: () => unknown, payload?: string]>> = {
  'big integers': [() => ({ id: 1n }), '{"id":"1"}'],
  'a date': [() => ({ at: new Date(0) }), '{"at":"1970-01-01T00:00:00.000Z"}'],
  'members that are undefined': [() => ({ a: undefined, b: [undefined] }), '{"b":[null]}'],
  'no number': [() => [Number.NaN], '[null]'],
  'a map': [() => new Map([['a', new Set([1])]]), '{"a":[1]}'],
  'a buffer inside': [() => ({ bytes: Buffer.from('a') }), '{"bytes":{"type":"Buffer","data":[97]}}'],
  text: [() => 'unkept', '"unkept"'],
  nothing: [() => undefined, ''],
  'a function': [() => () => 1],
  'a buffer': [() => Buffer.from('a')],
  bytes: [() => new Uint8Array([1])],
  'numbers as bytes': [() => new Float64Array([1])],
  'a response': [() => new JsonResponse({})],
  'a stream': [() => Readable.from(['a'])],
  'an iterable that waits': [
    () =>
      (async function* () {
        yield 1;
      })(),
  ],
  'a promise inside': [() => ({ late: Promise.resolve(1) })],
  'an error': [() => new Error('given, and not thrown')],
  'private members': [() => new Private()],
  'a circle': [
    () => {
      const circle: unknown[] = [];
      circle.push(circle);
      return circle;
    },
  ],
  'a toJSON that throws': [
    () => ({
      toJSON: () => {
        throw new Error('no');
      },
    }),
  ],
  'more than an item holds': [() => 'x'.repeat(500_000)],
};

describe.each(Object.entries(RESULTS))('what was done is not done again where it gave %s', (_, [give, payload]) => {
  @Controller()
  class Giving {
    @Post('give') @Idempotent({ key: 'body.id' }) give() {
      calls.push('request');
      return give();
    }
    @OnSqs('orders') @Idempotent({ key: 'body.id' }) take() {
      calls.push('record');
      return give();
    }
  }

  test('for a request', async () => {
    const app = appOf(Giving);
    const first = await post(app, '/give', { id: 1 }).catch((error: unknown) => error as Error);
    const others = [await post(app, '/give', { id: 1 }), await post(app, '/give', { id: 1 })];
    expect(calls).toEqual(['request']);
    if (payload !== undefined)
      expect([first, ...others].map((answer) => (answer as { payload: string }).payload)).toEqual([
        payload,
        payload,
        payload,
      ]);
    else {
      expect((first as Error).message).toContain('@Idempotent cannot store the result of Giving.give: ');
      expect(others.map(({ statusCode }) => statusCode)).toEqual([409, 409]);
    }
  });

  test('for a record, which is done with its second delivery at the latest', async () => {
    const app = appOf(Giving);
    await deliver(app, sqs('orders', '{"id":"o-1"}'));
    expect(await deliver(app, sqs('orders', '{"id":"o-1"}'))).toEqual([]);
    expect(await deliver(app, sqs('orders', '{"id":"o-1"}'))).toEqual([]);
    expect(calls).toEqual(['record']);
  });
});

describe('the module', () => {
  test('takes a client of AwsModule, and leaves it to that', async () => {
    const imports = [
      AwsModule.forRoot({ clients: [DynamoDBClient], config }),
      IdempotencyModule.forRootAsync({
        inject: [DynamoDBClient],
        useFactory: (client: DynamoDBClient) => ({ tableName, client }),
      }),
    ];
    const app = createApp({ imports, controllers: [Orders] });
    await post(app, '/orders', { id: 'o-1' });
    expect((await post(app, '/orders', { id: 'o-1' })).json()).toEqual({ order: 'o-1', call: 1 });
    const destroy = jest.spyOn(app.get(DynamoDBClient), 'destroy');
    await app.close();
    expect(destroy).toHaveBeenCalledTimes(1);
  });

  test('keeps keys under the name of the function, and under a name of your own', async () => {
    @Controller()
    class Named {
      @Post('named') @Idempotent({ key: 'body.id', name: 'place order' }) named() {}
    }
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'shop';
    const app = await appOf(Named).ready();
    delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
    await post(app, '/named', { id: 1 });
    expect((await items())[0]?.['id']?.S).toMatch(/^shop\.place order#.{44}$/);
  });

  test('names the table and the actions when the table is not there', async () => {
    const app = appOf(Orders, { tableName: 'elsewhere' });
    await expect(post(app, '/orders', { id: 'o-1' })).rejects.toThrow(
      /^@Idempotent on Orders\.create: .*\(Failed to save .*; the table is "elsewhere", and the function's role needs dynamodb:GetItem/,
    );
    expect(calls).toEqual([]);
  });

  test('is asked for when it is missing', async () => {
    const app = createApp({ controllers: [Orders] });
    await expect(app.ready()).rejects.toThrow(BootstrapError);
    await expect(createApp({ controllers: [Orders] }).ready()).rejects.toThrow(
      /@Idempotent on Orders\.\w+ needs IdempotencyModule: add IdempotencyModule/,
    );
  });

  test('tells packages that are not installed', async () => {
    jest.doMock('@aws-lambda-powertools/idempotency/dynamodb', () => {
      throw Object.assign(new Error("Cannot find module '@aws-lambda-powertools/idempotency'"), {
        code: 'MODULE_NOT_FOUND',
      });
    });
    await expect(appOf(Orders).ready()).rejects.toThrow(
      'IdempotencyModule needs packages that are not installed: npm install @aws-lambda-powertools/idempotency',
    );
    jest.dontMock('@aws-lambda-powertools/idempotency/dynamodb');
  });

  test('refuses options that make no sense', async () => {
    await expect(appOf(Orders, { tableName: '' }).ready()).rejects.toThrow(
      'IdempotencyModule needs the option tableName',
    );
    await expect(appOf(Orders, { table: 'x' } as object).ready()).rejects.toThrow(
      'Unknown in the options of IdempotencyModule: table.',
    );
  });
});

describe('the decorator', () => {
  test.each([
    [{} as IdempotentOptions, 'key is undefined; it takes a JMESPath expression or a function'],
    [
      { key: 'a', payload: 1 } as unknown as IdempotentOptions,
      'payload is 1; it takes a JMESPath expression or a function',
    ],
    [{ key: 'a', expiresAfter: 0 }, 'expiresAfter is 0; it takes seconds above 0'],
    [{ key: 'a', ttl: 1 } as IdempotentOptions, 'Unknown in @Idempotent on Routes.show: ttl.'],
  ])('refuses options that make no sense: %#', (options, message) => {
    class Routes {
      show() {}
    }
    expect(() => Idempotent(options)(Routes.prototype, 'show', {})).toThrow(message);
  });

  test('refuses a method that takes whole batches', async () => {
    class Batches {
      @OnSqs('orders', { batch: true }) @Idempotent({ key: 'id' }) take() {}
    }
    const app = createApp({ imports: [IdempotencyModule.forRoot({ tableName, config })], providers: [Batches] });
    await expect(app.ready()).rejects.toThrow("@Idempotent on Batches.take can't work for whole batches");
  });

  test('leaves other methods alone', async () => {
    @Controller()
    class Mixed {
      @Get('plain') plain() {
        return 'plain';
      }
      @Post('once') @Idempotent({ key: 'body.id' }) once() {}
    }
    expect((await inject(appOf(Mixed), { url: '/plain' })).json()).toBe('plain');
    expect(await items()).toEqual([]);
  });
});
