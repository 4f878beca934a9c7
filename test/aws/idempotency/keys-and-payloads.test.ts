import type { LambdaApplication } from '../../../src/application/lambda-application.js';
import { IdempotencyModule } from '../../../src/aws/idempotency/idempotency-module.js';
import { Idempotent, type IdempotentOptions } from '../../../src/aws/idempotency/idempotent.js';
import type { ExecutionContext } from '../../../src/contracts/pipeline.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
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

/** An application with one route. */
function appWith(options: IdempotentOptions): LambdaApplication {
  @Controller()
  class Orders {
    @Post('orders', { consumes: 'any' }) @Idempotent(options) place(@Body() order: unknown) {
      calls.push(structuredClone(order));
      return { call: calls.length };
    }
  }
  return createApp({ imports: imports(), controllers: [Orders] });
}

const KEY = { 'idempotency-key': 'k-1' };

async function post(app: LambdaApplication, payload?: unknown, headers: Record<string, string> = KEY) {
  const { statusCode, payload: text } = await inject(app, { method: 'POST', url: '/orders', payload, headers });
  return [statusCode, text === '' ? undefined : (JSON.parse(text) as unknown)];
}

const FIRST = [200, { call: 1 }];
const SECOND = [200, { call: 2 }];
const MISSING = [400, { detail: 'The idempotency key is missing' }];

const wholeBody = ({ request }: ExecutionContext) => request.json();

describe('a key with parts', () => {
  test.each([
    'headers.authorization && [headers.authorization, headers."idempotency-key"]',
    '(headers.[authorization, "idempotency-key"])',
    'headers.none || {user: headers.authorization, id: headers."idempotency-key"}',
    'not_null(headers.none, [headers.authorization, headers."idempotency-key"])',
    'to_array([headers.authorization, headers."idempotency-key"])',
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
  ])('is missing if it is empty: %j %j', async (key, body) => {
    expect(await post(appWith({ key }), body)).toEqual(MISSING);
  });
});
