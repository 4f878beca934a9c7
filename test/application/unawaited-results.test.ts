import 'reflect-metadata';
import { setImmediate as turn } from 'node:timers/promises';
import { OnAuthorize, OnEvent, OnKinesis, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Res } from '../../src/decorators/parameters.js';
import { Controller, Get, Redirect } from '../../src/decorators/routes.js';
import { Response } from '../../src/http/response/response.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { Test } from '../../src/testing/testing-module-builder.js';

// A forgotten `await` makes a result of promises, one of which may be rejected later. It is told once, to who waits for the answer;
// Node would end the process for it a second time, with whatever else is running in it.

const unhandled: unknown[] = [];
const note = (error: unknown): unknown => unhandled.push(error);

beforeAll(() => process.on('unhandledRejection', note));
afterAll(() => process.off('unhandledRejection', note));

const rejections: (() => void)[] = [];
const later = (): Promise<never> =>
  new Promise((_, reject) => rejections.push(() => reject(new Error('rejected later'))));

async function unhandledOnceRejected(): Promise<unknown[]> {
  for (const reject of rejections.splice(0)) reject();
  await turn();
  return unhandled.splice(0);
}

class Report {
  first = later();
  second = later();
}

const RESULTS: readonly (readonly [string, () => unknown])[] = [
  ['a list of promises', () => [1, 2, 3].map(later)],
  ['a list whose first promise is fine', () => [Promise.resolve(1), later()]],
  ['promises that are rejected already', () => [Promise.reject(new Error('now')), Promise.reject(new Error('now'))]],
  ['members of an object', () => ({ first: later(), second: later() })],
  ['deep members', () => ({ orders: [{ lines: [later()] }], total: { sum: later() } })],
  ['a map', () => new Map([['a', later()]])],
  ['a set', () => new Set([later(), later()])],
  [
    'a promise beside something else that JSON has no form for',
    () => ({ error: new Error('first'), beside: [later()] }),
  ],
];

/** What only the writer of an answer looks into: for a consumer of records its own objects are nobody's business. */
const ANSWERS: typeof RESULTS = [
  ['members of an instance', () => new Report()],
  ['what a toJSON gives', () => ({ toJSON: () => ({ first: later(), second: later() }) })],
];

let result: () => unknown;

@Injectable()
class Guard {
  canActivate(): boolean {
    return result() as boolean;
  }
}

@Controller()
class Orders {
  @Get('now') now() {
    return result();
  }

  @Get('soon') async soon() {
    await turn();
    return result();
  }

  @UseGuards(Guard)
  @Get('guarded')
  guarded() {}

  @Get('header') header(@Res() response: Response) {
    response.headers['x-total'] = result() as string;
  }

  @Redirect('/')
  @Get('redirect')
  redirect() {
    return { url: result() as string };
  }

  @OnAuthorize() authorize() {
    return result() as boolean;
  }

  @OnSqs('orders', { batch: true }) all() {
    return result();
  }

  @OnKinesis('clicks') one() {
    return result();
  }

  @OnSns('news') async news() {
    return result();
  }

  @OnEvent((event: unknown) => (event as { kind?: unknown }).kind === 'direct') direct() {
    return result();
  }
}

const REQUESTS = ['/now', '/soon'];
const RECORDS = {
  sqs: () => events.sqs('orders', [1]),
  kinesis: () => events.kinesis('clicks', [1]),
  sns: () => events.sns('news', [1]),
};

async function application() {
  return Test.createTestingModule({ controllers: [Orders] }, { unhandledErrors: 'respond' }).compile();
}

test.each([...RESULTS, ...ANSWERS])('%s as an answer is an error, and ends no process', async (_name, make) => {
  result = make;
  await using app = await application();
  for (const url of REQUESTS) expect((await app.inject({ url })).statusCode).toBe(500);
  await expect(app.handler({ kind: 'direct' }, fakeContext())).rejects.toThrow();
  expect(await unhandledOnceRejected()).toEqual([]);
});

test.each(RESULTS)('%s as the result of a consumer is a failure, and ends no process', async (_name, make) => {
  result = make;
  await using app = await application();
  for (const event of [RECORDS.sqs(), RECORDS.kinesis()]) {
    await expect(app.handler(event, fakeContext())).resolves.toMatchObject({ batchItemFailures: [{}] });
  }
  await expect(app.handler(RECORDS.sns(), fakeContext())).rejects.toThrow();
  expect(await unhandledOnceRejected()).toEqual([]);
});

test.each(RESULTS)('%s as the answer of a guard lets nobody in, and ends no process', async (_name, make) => {
  result = make;
  await using app = await application();
  expect((await app.inject({ url: '/guarded' })).statusCode).toBe(500);
  expect(await unhandledOnceRejected()).toEqual([]);
});

test('a promise as a header, as the place of a redirect, or in the answer of an authorizer is an error, and ends no process', async () => {
  await using app = await application();
  result = later;
  for (const url of ['/header', '/redirect']) expect((await app.inject({ url })).statusCode).toBe(500);
  result = () => ({ isAuthorized: later() });
  await app.handler(events.authorizerV2(), fakeContext()).catch(() => undefined);
  expect(await unhandledOnceRejected()).toEqual([]);
});

test('a query that nobody awaits is not begun by refusing it', async () => {
  let begun = 0;
  class Query {
    // oxlint-disable-next-line no-thenable -- as query builders have it
    then() {
      begun++;
    }
  }
  result = () => [new Query()];
  await using app = await application();
  expect((await app.inject({ url: '/now' })).statusCode).toBe(500);
  await expect(app.handler(RECORDS.sqs(), fakeContext())).resolves.toMatchObject({ batchItemFailures: [{}] });
  expect(begun).toBe(0);
});
