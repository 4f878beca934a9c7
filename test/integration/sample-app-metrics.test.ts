import { events, fakeContext, Test, type TestingApplication } from 'lambent/testing';
import { AppModule } from '../../sample-app/src/app.module.js';
import { options } from '../../sample-app/src/options.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { metricsIn } from '../observability/emf.js';

const headers = { 'x-api-key': 'local-key' };
const payload = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
};

let app: TestingApplication;

afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

test('the sample app counts its orders, and measures every route and consumer', async () => {
  app = await Test.createTestingModule({ imports: [AppModule] }, options).compile();
  const stdout = captureStdout();
  const placed = await app.inject({ method: 'POST', url: '/orders', headers, payload });
  expect(placed.statusCode).toBe(201);
  await app.inject({ url: '/orders/unknown-id' });
  await app.handler(events.sqs('shipments', ['no JSON']), fakeContext());
  const metrics = metricsIn(stdout.text());
  expect(metrics).toMatchObject([
    { namespace: 'Shop', name: 'OrdersPlaced', values: [1], dimensions: [{ service: 'orders' }] },
    { name: 'Latency', unit: 'Milliseconds', dimensions: [{ service: 'orders', route: 'POST /orders' }] },
    // Without a key: a guard has refused it.
    { name: 'Latency', dimensions: [{ route: 'GET /orders/:id' }] },
    { name: 'Latency', dimensions: [{ consumer: 'ShipmentsConsumer.ship' }] },
  ]);
});
