import { gzipSync } from 'node:zlib';
import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { IdempotencyModule } from '../../../src/aws/idempotency/idempotency-module.js';
import { Idempotent, type IdempotentOptions } from '../../../src/aws/idempotency/idempotent.js';
import type { ExecutionContext } from '../../../src/contracts/pipeline.js';
import { OnDynamoDb, OnEventBridge, OnKinesis } from '../../../src/decorators/consumers.js';
import { Body, Headers } from '../../../src/decorators/parameters.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
import type { JsonCodec } from '../../../src/http/message/json.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { LocalDynamo } from '../local-dynamo.js';

const dynamo = new LocalDynamo();
let tables = 0;
let tableName: string;
let calls: unknown[];

beforeAll(() => dynamo.start());
afterAll(() => dynamo.stop());
beforeEach(async () => {
  captureStdout();
  calls = [];
  tableName = `idempotency-${tables++}`;
  await dynamo.createTable(tableName);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const imports = () => [IdempotencyModule.forRoot({ tableName, client: dynamo.client })];

/** An application with a route that changes its body, as methods may. */
function appWith(options: IdempotentOptions, json?: JsonCodec): LambdaApplication {
  @Controller()
  class Orders {
    @Post('orders', { consumes: 'any' }) @Idempotent(options) place(@Body() order: unknown) {
      calls.push(structuredClone(order));
      if (typeof order === 'object' && order !== null && !Buffer.isBuffer(order))
        Object.assign(order, { status: 'placed' });
      return { call: calls.length };
    }
  }
  return createApp({ imports: imports(), controllers: [Orders] }, json ? { json } : {});
}

const KEY = { 'idempotency-key': 'k-1' };

async function post(app: LambdaApplication, payload?: unknown, headers: Record<string, string> = KEY) {
  const { statusCode, payload: text } = await inject(app, { method: 'POST', url: '/orders', payload, headers });
  return [statusCode, text === '' ? undefined : (JSON.parse(text) as unknown)];
}

const FIRST = [200, { call: 1 }];
const SECOND = [200, { call: 2 }];
const MISSING = [400, { detail: 'The idempotency key is missing' }];
const OTHER = [422, { detail: 'The idempotency key was already used for a different request' }];

const byHeader = 'headers."idempotency-key"';
const wholeBody = ({ request }: ExecutionContext) => request.json();
const headerOf = ({ request }: ExecutionContext) => request.header('idempotency-key');

describe('a request whose method changes its body', () => {
  test.each<IdempotentOptions>([
    { key: byHeader, payload: 'body' },
    { key: byHeader, payload: wholeBody },
    { key: 'body' },
    { key: wholeBody },
    { key: (context) => [headerOf(context), wholeBody(context)] },
  ])('gets the stored result when it is repeated: %j', async (options) => {
    const app = appWith(options);
    expect(await post(app, { id: 1, status: 'new' })).toEqual(FIRST);
    expect(await post(app, { id: 1, status: 'new' })).toEqual(FIRST);
    expect(calls).toHaveLength(1);
  });

  test('is the same by its headers, too', async () => {
    @Controller()
    class Orders {
      @Post('orders') @Idempotent({ key: byHeader }) place(@Headers() headers: Record<string, string>) {
        calls.push(headers['idempotency-key']);
        headers['idempotency-key'] = 'another';
        return { call: calls.length };
      }
    }
    const app = createApp({ imports: imports(), controllers: [Orders] });
    expect(await post(app, {})).toEqual(FIRST);
    expect(await post(app, {})).toEqual(FIRST);
  });
});

describe('a method that several controllers inherit', () => {
  test('has keys for each of them', async () => {
    class Crud {
      @Post() @Idempotent({ key: byHeader }) create() {
        calls.push(this.constructor.name);
        return { created: this.constructor.name };
      }
    }
    @Controller('orders')
    class Orders extends Crud {}
    @Controller('users')
    class Users extends Crud {}
    const app = createApp({ imports: imports(), controllers: [Orders, Users] });
    const created = async (url: string) => (await inject(app, { method: 'POST', url, headers: KEY })).json() as unknown;
    expect(await created('/orders')).toEqual({ created: 'Orders' });
    expect(await created('/users')).toEqual({ created: 'Users' });
    expect(await created('/orders')).toEqual({ created: 'Orders' });
    expect(calls).toEqual(['Orders', 'Users']);
  });
});

describe('a request without a body', () => {
  test.each<IdempotentOptions>([
    { key: byHeader, payload: 'body' },
    { key: byHeader, payload: () => undefined },
  ])('has a payload that is empty: %j', async (options) => {
    const app = appWith(options);
    expect(await post(app)).toEqual(FIRST);
    expect(await post(app)).toEqual(FIRST);
  });

  test('is the same as another whose payload has no value', async () => {
    const app = appWith({ key: byHeader, payload: 'powertools_json(body)' });
    const headers = { ...KEY, 'content-type': 'text/plain' };
    expect(await post(app, 'not JSON', headers)).toEqual(FIRST);
    expect(await post(app, 'not JSON either', headers)).toEqual(FIRST);
  });

  test('does not have the payload of one with a body', async () => {
    const app = appWith({ key: byHeader, payload: 'body' });
    expect(await post(app)).toEqual(FIRST);
    expect(await post(app, { id: 1 })).toEqual(OTHER);
  });

  test.each<IdempotentOptions>([
    { key: 'body' },
    { key: `[${byHeader}, body]` },
    { key: `{id: ${byHeader}, order: body}` },
    { key: (context) => [headerOf(context), wholeBody(context)] },
  ])('lacks a key that contains the body: %j', async (options) => {
    expect(await post(appWith(options))).toEqual(MISSING);
    expect(calls).toEqual([]);
  });
});

describe('a key with parts', () => {
  test.each([
    'headers.authorization && [headers.authorization, headers."idempotency-key"]',
    '(headers.[authorization, "idempotency-key"])',
    'headers.none || {user: headers.authorization, id: headers."idempotency-key"}',
    'not_null(headers.none, [headers.authorization, headers."idempotency-key"])',
    'merge({user: headers.authorization}, {id: headers."idempotency-key"})',
    '[\'orders\', headers.authorization, headers."idempotency-key"]',
    '[*.none, headers.authorization, headers."idempotency-key"]',
  ])('is missing without one of them, wherever it stands: %s', async (key) => {
    const app = appWith({ key });
    expect(await post(app, { id: 1 }, { authorization: 'ada' })).toEqual(MISSING);
    expect(await post(app, { id: 1 }, { authorization: 'ada', ...KEY })).toEqual(FIRST);
    expect(await post(app, { id: 1 }, { authorization: 'bob', ...KEY })).toEqual(SECOND);
    expect(await post(app, { id: 1 }, { authorization: 'ada', ...KEY })).toEqual(FIRST);
  });

  test.each(['body.rows[?id > `0`] | [-1]', 'body.rows[1:] | [0]', 'body.rows[] | [?id > `0`] | [0]'])(
    'is not one that selects a single value: %s',
    async (key) => {
      const app = appWith({ key });
      const body = { rows: [{ id: 0 }, { id: 1, note: null }] };
      expect(await post(app, body)).toEqual(FIRST);
      expect(await post(app, body)).toEqual(FIRST);
    },
  );
});

test.each<IdempotentOptions>([
  { key: `[${byHeader}, sort(body.lines)]` },
  { key: byHeader, payload: 'sort(body.lines)' },
])('a request without what a function of %j takes is refused, with no word on the table', async (options) => {
  const app = appWith(options);
  expect(await post(app, { lines: 'none' })).toEqual([
    400,
    { detail: 'A value that the idempotency key needs is missing, or has another type' },
  ]);
  expect(calls).toEqual([]);
  expect(await post(app, { lines: ['a'] }, KEY)).toEqual(FIRST);
});

test('a key in which a missing part would be hidden is refused', () => {
  expect(() => appWith({ key: 'to_string([headers.authorization, body.id])' })).toThrow(
    '@Idempotent on Orders.place: the key to_string([headers.authorization, body.id]) uses to_string(), which hides a ' +
      'missing part, so that callers without it would share one key. Make a list of all parts the key: ' +
      '[headers.authorization, body.id], or use a function.',
  );
});

test.each<[string, IdempotentOptions]>([
  ['key [headers.x-user, body]', { key: '[headers.x-user, body]' }],
  ['payload headers.x-user', { key: 'body', payload: 'headers.x-user' }],
])('a hyphen that needs quotes is refused: %s', (expression, options) => {
  expect(() => appWith(options)).toThrow(
    `@Idempotent on Orders.place: the ${expression} has a hyphen outside of quotes, which JMESPath does not know: ` +
      'write names with a hyphen in quotes, as in headers."idempotency-key".',
  );
});

test.each<IdempotentOptions>([
  { key: 'headers.[' },
  { key: 'body[' },
  { key: 'body = 1' },
  { key: 'nope(body)' },
  { key: 'length()' },
  { key: 'body', payload: 'length(body, body)' },
])('an expression that is none is an error with no word on the table: %j', async (options) => {
  const app = appWith(options);
  await expect(post(app, { id: 1 })).rejects.toThrow(/^@Idempotent on Orders\.place: .* in expression: .*\]$/);
});

describe('a key without parts', () => {
  test.each<[IdempotentOptions['key'], unknown, unknown]>([
    ['body', { enabled: false }, { enabled: '' }],
    ['body', { quantity: 0 }, { quantity: null }],
    ['body', [0, false], [false, 0]],
    [wholeBody, { quantity: 0 }, { quantity: null }],
    [({ request }) => [0, request.path === '/'], {}, undefined],
  ])('may have nothing but empty members: %j %j', async (key, body, other) => {
    const app = appWith({ key });
    expect(await post(app, body)).toEqual(FIRST);
    expect(await post(app, body)).toEqual(FIRST);
    if (other !== undefined) expect(await post(app, other)).toEqual(SECOND);
  });

  test.each<[IdempotentOptions['key'], unknown]>([
    ['body', {}],
    ['body', []],
    ['body.id', { id: '' }],
    ['body.id', { id: 0 }],
    ['body.id', { id: false }],
    ['body.id', { id: null }],
    ['body.rows[?id > `1`]', { rows: [{ id: 1 }] }],
    [() => '', {}],
    [() => 0, {}],
    [() => null, {}],
    [() => undefined, {}],
    [() => [], {}],
    [() => ({}), {}],
    // All callers would share it.
    ['body.paid', { paid: true }],
    ['headers."idempotency-key" != `null`', {}],
    ['body', true],
    [({ request }) => request.header('idempotency-key') !== undefined, {}],
  ])('is missing if it is empty, or a boolean: %j %j', async (key, body) => {
    expect(await post(appWith({ key }), body)).toEqual(MISSING);
  });
});

const BYTES = [Buffer.from([0x08, 0xff, 0x01]), Buffer.from([0x08, 0xfe, 0x01])] as const;

describe('bytes that are not text', () => {
  test.each(['application/x-protobuf', 'application/x-protobuf; charset=utf-8'])(
    'are a payload of their own in a request of %s',
    async (type) => {
      const app = appWith({ key: byHeader, payload: 'body' });
      const headers = { ...KEY, 'content-type': type };
      expect(await post(app, BYTES[0], headers)).toEqual(FIRST);
      expect(await post(app, BYTES[0], headers)).toEqual(FIRST);
      expect(await post(app, BYTES[1], headers)).toEqual(OTHER);
    },
  );

  test('are a key of their own in a record', async () => {
    @Controller()
    class Stream {
      @OnKinesis('orders') @Idempotent({ key: 'body' }) take(@Body() bytes: Buffer) {
        calls.push(bytes.toString('hex'));
      }
    }
    const app = createApp({ imports: imports(), controllers: [Stream] });
    // The base64 of the last is a number.
    await deliver(app, events.kinesis('orders', [...BYTES, ...BYTES, '1234', Buffer.from('1234', 'base64')]));
    expect(calls).toEqual(['08ff01', '08fe01', '31323334', 'd76df8']);
  });
});

const deliver = async (app: LambdaApplication, event: object) => app.handler(event, fakeContext());
const NOTHING_FAILED = { batchItemFailures: [] };

/** Keeps the digits of integers that a number would round. */
const bigJson: JsonCodec = {
  parse: (text: string) =>
    JSON.parse(text.replace(/\b\d{17,}\b/g, '"big $&"'), (_, value: unknown) =>
      typeof value === 'string' && value.startsWith('big ') ? BigInt(value.slice(4)) : value,
    ) as unknown,
  stringify: JSON.stringify,
};

function streamBy(key: IdempotentOptions['key'], json?: JsonCodec): LambdaApplication {
  @Controller()
  class Stream {
    @OnKinesis('orders') @Idempotent({ key }) take(@Body() order: { orderId?: unknown }) {
      calls.push(order.orderId);
      order.orderId = 'changed';
    }
  }
  return createApp({ imports: imports(), controllers: [Stream] }, json ? { json } : {});
}

describe('a record', () => {
  test('is inflated for its key as it is for the method', async () => {
    const app = streamBy('body.orderId');
    const order = gzipSync('{"orderId":"o-1"}');
    expect(await deliver(app, events.kinesis('orders', [order, order, { orderId: 'o-1' }]))).toEqual(NOTHING_FAILED);
    expect(calls).toEqual(['o-1']);
  });

  test('that only begins like gzip is what its bytes are', async () => {
    const app = streamBy('body');
    const broken = gzipSync('{"orderId":"o-1"}').subarray(0, -4);
    await deliver(app, events.kinesis('orders', [broken, broken, Buffer.concat([broken, broken])]));
    expect(calls).toHaveLength(2);
  });

  test("is parsed by the application's JSON functions", async () => {
    const app = streamBy('body.orderId', bigJson);
    const orders = [1, 2, 1].map((last) => `{"orderId":1234567890123456789${last}}`);
    expect(await deliver(app, events.kinesis('orders', orders))).toEqual(NOTHING_FAILED);
    expect(calls).toEqual([12345678901234567891n, 12345678901234567892n]);
  });

  test('may have a big integer as its key, or as a member', async () => {
    @Controller()
    class Table {
      @OnDynamoDb('orders') @Idempotent({ key: 'body.newImage' }) take(@Body('newImage') image: { id: unknown }) {
        calls.push(image.id);
      }
    }
    const app = createApp({ imports: imports(), controllers: [Table] });
    const ids = [12345678901234567891n, 12345678901234567892n, 12345678901234567891n];
    const changes = ids.map((id) => ({ keys: { id }, newImage: { id } }));
    expect(await deliver(app, events.dynamoDb('orders', changes))).toEqual(NOTHING_FAILED);
    expect(calls).toEqual(ids.slice(0, 2));
  });

  test('is the same as before, whatever the method makes of its content', async () => {
    @Controller()
    class Bus {
      @OnEventBridge() @Idempotent({ key: 'body' }) take(@Body() order: { status: string }) {
        calls.push(order.status);
        order.status = 'placed';
      }
    }
    const app = createApp({ imports: imports(), controllers: [Bus] });
    for (const detail of [1, 2].map(() => ({ id: 1, status: 'new' })))
      await deliver(app, events.eventBridge({ detail }));
    expect(calls).toEqual(['new']);
  });

  test('whose content cannot be decoded fails with a word on it, and not on the table', async () => {
    const event = events.kinesis('orders', ['a']);
    Object.assign(event.Records[0]!.kinesis, { data: 7 });
    const stdout = captureStdout();
    await deliver(streamBy('body'), event);
    const line = stdout.lines().find(({ type }) => type === 'record');
    expect(line).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(line)).toContain('kinesis.data is a number');
    expect(JSON.stringify(line)).not.toContain('dynamodb:');
  });
});

test('a body with big integers may be a key and a payload', async () => {
  const app = appWith({ key: 'body.id', payload: 'body' }, bigJson);
  expect(await post(app, '{"id":12345678901234567891}', { 'content-type': 'application/json' })).toEqual(FIRST);
  expect(await post(app, '{"id":12345678901234567891}', { 'content-type': 'application/json' })).toEqual(FIRST);
  expect(await post(app, '{"id":12345678901234567892}', { 'content-type': 'application/json' })).toEqual(SECOND);
});
