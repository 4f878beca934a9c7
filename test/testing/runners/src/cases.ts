import assert from 'node:assert/strict';
import { events, fakeContext, Test, type TestingApplication } from 'lambent/testing';
import { OrdersModule, Prices, StaffGuard } from './orders.module.js';

const order = { sku: 'TEA-0042', quantity: 2 };

async function start(): Promise<TestingApplication> {
  return Test.createTestingModule({ imports: [OrdersModule] })
    .overrideProvider(Prices)
    .useValue({ of: () => 21 })
    .overrideGuard(StaffGuard)
    .useValue({ canActivate: () => true })
    .compile();
}

type Case = readonly [name: string, run: (app: TestingApplication) => Promise<void>];

/** What has to hold under every runner. */
const bodies: readonly Case[] = [
  [
    'a service is injected by its type, and a body built by its class',
    async (app) => {
      const answer = await app.inject({ method: 'POST', url: '/orders', payload: order });
      assert.deepEqual(answer.json(), { total: 42, checked: true });
    },
  ],
  [
    'a body that is not valid is 422, and says where',
    async (app) => {
      const answer = await app.inject({ method: 'POST', url: '/orders', payload: { ...order, quantity: 0 } });
      const { detail } = answer.json<{ detail: { loc: string[] }[] }>();
      assert.deepEqual([answer.statusCode, detail[0]?.loc], [422, ['body', 'quantity']]);
    },
  ],
  [
    'a parameter is converted by its type, and a guard replaced',
    async (app) => {
      await app.inject({ method: 'POST', url: '/orders', payload: order });
      const found = await app.inject({ source: 'alb', url: '/orders/0' });
      const all = await app.inject({ url: '/orders/all' });
      assert.deepEqual([found.json(), all.json()], [order, [order]]);
    },
  ],
  [
    'records of a queue are checked one by one',
    async (app) => {
      const event = events.sqs('orders', [order, { sku: 7 }], (index) => ({ messageId: `m${index}` }));
      assert.deepEqual(await app.handler(event, fakeContext()), { batchItemFailures: [{ itemIdentifier: 'm1' }] });
    },
  ],
  [
    'the time that is left ends a request',
    async (app) => {
      const answer = await app.inject({ url: '/orders/slow', remainingTime: 250 });
      assert.equal(answer.statusCode, 504);
    },
  ],
  [
    'log lines are objects',
    async (app) => {
      await app.inject({ method: 'POST', url: '/orders', payload: order, headers: { 'x-request-id': 'r1' } });
      await app.inject({ url: '/orders/0' });
      assert.deepEqual(
        app.logs.map(({ type, message, level }) => [message ?? type, level]),
        [
          ['Placed', 'info'],
          ['access', 'info'],
          ['access', 'info'],
        ],
      );
      assert.deepEqual([app.logs[0]?.['id'], app.logs[2]?.['index']], ['r1', 0]);
    },
  ],
];

/** Each with an application of its own. */
export const cases = bodies.map(([name, body]) => {
  const run = async (): Promise<void> => {
    await using app = await start();
    await body(app);
  };
  return { name, run };
});
