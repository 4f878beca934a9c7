import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalQueues, serve, deliver, startQueues } from 'lambent/local';
import { events, fakeContext, Test, type TestingApplication, type TestingModuleBuilder } from 'lambent/testing';
import { AppModule } from '../../sample-app/src/app.module.js';
import { options } from '../../sample-app/src/options.js';
import { EMBEDDED_QUEUES } from '../../sample-app/src/queues/embedded-queues.js';
import { ShipmentsRepository } from '../../sample-app/src/shipments/shipments.repository.js';

process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';

const headers = { 'x-api-key': 'local-key' };
const payload = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
};
const unknownId = '01890a5d-ac96-774b-bcce-b302099a8057';

let app: TestingApplication;

async function start(change = (builder: TestingModuleBuilder) => builder): Promise<void> {
  app = await change(Test.createTestingModule({ imports: [AppModule] }, options)).compile();
}

afterEach(() => app.close());

function handle(event: unknown): Promise<unknown> {
  return app.handler(event, fakeContext());
}

async function get<T = Record<string, unknown>>(url: string): Promise<{ statusCode: number; body: T }> {
  const response = await app.inject({ url, headers });
  return { statusCode: response.statusCode, body: response.json<T>() };
}

async function place(): Promise<string> {
  const response = await app.inject({ method: 'POST', url: '/orders', headers, payload });
  expect(response.statusCode).toBe(201);
  return response.json<{ id: string }>().id;
}

async function setStatus(id: string, status: string): Promise<void> {
  const response = await app.inject({ method: 'PATCH', url: `/orders/${id}/status`, headers, payload: { status } });
  expect(response.statusCode).toBe(200);
}

async function statusOf(id: string): Promise<string> {
  return (await get<{ status: string }>(`/orders/${id}`)).body.status;
}

function ship(...orderIds: string[]): Promise<unknown> {
  return handle(
    events.sqs(
      'shipments',
      orderIds.map((orderId) => ({ orderId })),
      (index) => ({ messageId: `m${index}` }),
    ),
  );
}

describe('a message about an order', () => {
  beforeEach(() => start());

  test('that was placed books its parcel, and leaves the order for its payment', async () => {
    const id = await place();
    expect((await get(`/orders/${id}/shipment`)).statusCode).toBe(404);
    expect(await ship(id)).toEqual({ batchItemFailures: [] });
    const { body } = await get(`/orders/${id}/shipment`);
    expect(body).toEqual({ trackingNumber: expect.stringMatching(/^[\dA-F]{12}$/), bookedAt: expect.any(String) });
    expect(await statusOf(id)).toBe('pending');
  });

  test('that is paid ships it with the parcel that was booked', async () => {
    const id = await place();
    await ship(id);
    const booked = await get(`/orders/${id}/shipment`);
    await setStatus(id, 'paid');
    expect(await ship(id)).toEqual({ batchItemFailures: [] });
    expect(await statusOf(id)).toBe('shipped');
    expect(await get(`/orders/${id}/shipment`)).toEqual(booked);
  });

  test('that comes again, even at the same time, changes nothing', async () => {
    const id = await place();
    await Promise.all([ship(id), ship(id), ship(id)]);
    const booked = await get(`/orders/${id}/shipment`);
    expect(await ship(id, id)).toEqual({ batchItemFailures: [] });
    expect(await get(`/orders/${id}/shipment`)).toEqual(booked);
  });

  test('that is gone or cancelled is done without a parcel', async () => {
    const id = await place();
    await setStatus(id, 'cancelled');
    expect(await ship(id, unknownId)).toEqual({ batchItemFailures: [] });
    expect((await get(`/orders/${id}/shipment`)).statusCode).toBe(404);
    const told = app.logs.filter(({ message }) => message === 'Nothing to ship').map((line) => line['order_status']);
    expect(told.toSorted()).toEqual(['cancelled', 'not there']);
  });

  test('that makes no sense fails alone', async () => {
    const id = await place();
    expect(await ship(id, 'not an id')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect((await get(`/orders/${id}/shipment`)).statusCode).toBe(200);
  });

  test('that fails shows in the log what it did, and others of its batch do not', async () => {
    const [id, broken] = [await place(), await place()];
    const shipments = app.get(ShipmentsRepository);
    const book = shipments.book.bind(shipments);
    shipments.book = (orderId) => (orderId === broken ? Promise.reject(new Error('no carrier')) : book(orderId));
    expect(await ship(id, broken)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(app.logs.filter(({ message }) => message === 'Booking a parcel')).toEqual([
      expect.objectContaining({ level: 'debug', id: 'm1', order_id: broken, order_status: 'pending' }),
    ]);
  });

  test('that looks like a request is a message that makes no sense', async () => {
    const id = await place();
    const request = events.apiGatewayV2({
      method: 'DELETE',
      url: `/orders/${id}`,
      headers: { 'x-api-key': 'sample-key' },
    });
    const {
      Records: [record],
    } = events.sqs('shipments', [request]);
    expect(await handle({ Records: [record] })).toEqual({ batchItemFailures: [{ itemIdentifier: record!.messageId }] });
    expect(app.logs).not.toContainEqual(expect.objectContaining({ type: 'access', method: 'DELETE' }));
    expect(await statusOf(id)).toBe('pending');
  });

  test('has the tracking number in its log line', async () => {
    const id = await place();
    await ship(id);
    const { trackingNumber } = (await get<{ trackingNumber: string }>(`/orders/${id}/shipment`)).body;
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        type: 'record',
        consumer: 'ShipmentsConsumer.ship',
        order_id: id,
        tracking_number: trackingNumber,
      }),
    );
  });
});

const DAY = '2026-03-02';

/** An order as the table has it, and so as the stream has it, placed on {@link DAY}. */
async function imageOf(id: string): Promise<Record<string, unknown>> {
  const { Item } = await app.get(DynamoDBDocumentClient).send(new GetCommand({ TableName: 'orders', Key: keysOf(id) }));
  return { ...Item, createdAt: `${DAY}T10:15:30.000Z` };
}

function keysOf(id: string) {
  return { id, part: 'order' };
}

function stream(...changes: Parameters<typeof events.dynamoDb>[1]): Promise<unknown> {
  return handle(events.dynamoDb('orders', changes));
}

/** What is reported of {@link DAY} in the night after it. */
async function report(): Promise<Record<string, unknown>> {
  await handle(events.schedule({ rule: 'nightly-report', time: '2026-03-03T00:10:00Z' }));
  const { reportedAt: _, ...sales } = (await get(`/reports/${DAY}`)).body;
  return sales;
}

describe('the sales of a day', () => {
  beforeEach(() => start());

  test('follow the stream of the table into the report of the next night', async () => {
    const [first, second] = [await imageOf(await place()), await imageOf(await place())];
    await stream({ keys: keysOf('a'), newImage: first }, { keys: keysOf('b'), newImage: second });
    await stream({ keys: keysOf('a'), newImage: { ...first, status: 'paid' }, oldImage: first });
    expect(await report()).toEqual({ day: DAY, orders: 2, revenue: 1800, byStatus: { paid: 1, pending: 1 } });
    expect(app.logs).toContainEqual(
      expect.objectContaining({ message: 'Daily report', day: DAY, orders: 2, revenue: 1800 }),
    );
  });

  test('are the same when the stream delivers again', async () => {
    const image = await imageOf(await place());
    const keys = keysOf(String(image['id']));
    const changes = [
      { keys, newImage: image },
      { keys, newImage: { ...image, status: 'paid' }, oldImage: image },
    ];
    await stream(...changes);
    await stream(changes[1]!);
    await stream(...changes);
    expect(await report()).toMatchObject({ orders: 1, revenue: 900, byStatus: { paid: 1 } });
  });

  test('know no money of cancelled orders, and no deleted ones', async () => {
    const [cancelled, deleted] = [await imageOf(await place()), await imageOf(await place())];
    await stream(
      { keys: keysOf('a'), newImage: { ...cancelled, status: 'cancelled' } },
      { keys: keysOf('b'), newImage: deleted },
    );
    await stream({ keys: keysOf('b'), oldImage: deleted });
    expect(await report()).toMatchObject({ orders: 1, revenue: 0, byStatus: { cancelled: 1 } });
  });

  test('are of orders alone, whatever else the table holds', async () => {
    const answer = await stream({ keys: { id: await place(), part: 'attachment#a.txt' }, newImage: { name: 'a.txt' } });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(await report()).toMatchObject({ orders: 0, revenue: 0, byStatus: {} });
  });

  test('stay out of the lists of orders', async () => {
    const image = await imageOf(await place());
    await stream({ keys: keysOf('a'), newImage: image });
    await report();
    const { orders } = (await get<{ orders: { id: string }[] }>('/orders?status=pending')).body;
    expect(orders.map(({ id }) => id)).toEqual([image['id']]);
  });

  test.each(['2026-03-01', 'yesterday'])('of %s were not reported', async (day) => {
    expect((await get(`/reports/${day}`)).statusCode).toBe(404);
  });
});

describe('with its queue', () => {
  let queues: LocalQueues;

  /** The queue of the sample app, with less patience, and with the real client in front of it. */
  async function startWithQueue(change = (builder: TestingModuleBuilder) => builder): Promise<void> {
    const terminal = { log: () => undefined, error: () => undefined };
    queues = await startQueues({ names: ['shipments'], visibilityTimeout: 0.02, terminal });
    await start((builder) => change(builder.overrideProvider(EMBEDDED_QUEUES).useValue(queues)));
    queues.deliverTo(app.app);
  }

  afterEach(() => queues.close());

  test('an order that is placed and paid is shipped', async () => {
    await startWithQueue();
    const id = await place();
    await queues.idle();
    expect((await get(`/orders/${id}/shipment`)).statusCode).toBe(200);
    await setStatus(id, 'paid');
    await queues.idle();
    expect(await statusOf(id)).toBe('shipped');
  });

  test('a carrier that is away for a moment costs an attempt', async () => {
    const shipment = { trackingNumber: 'AB', bookedAt: '2026-03-02T10:00:00.000Z' };
    const book = jest.fn().mockRejectedValueOnce(new Error('The carrier is away')).mockResolvedValue(shipment);
    await startWithQueue((builder) => builder.overrideProvider(ShipmentsRepository).useValue({ book }));
    await place();
    await queues.idle();
    const lines = app.logs.filter(({ type }) => type === 'record').map(({ attempt, status }) => [attempt, status]);
    expect(lines).toEqual([
      [1, 'failed'],
      [2, 'ok'],
    ]);
    expect(queues.deadLetters).toEqual([]);
  });

  test('a message that never succeeds goes to the dead letters', async () => {
    const book = jest.fn().mockRejectedValue(new Error('No carrier goes there'));
    await startWithQueue((builder) => builder.overrideProvider(ShipmentsRepository).useValue({ book }));
    const id = await place();
    await queues.idle();
    expect(queues.deadLetters.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ orderId: id }]);
    expect(book).toHaveBeenCalledTimes(3);
  });
});

describe('from the command line', () => {
  test('sample events reach the running app', async () => {
    await start();
    const id = await place();
    const server = await serve(app.app, { port: 0, quiet: true });
    const printed: string[] = [];
    const terminal = {
      log: (text: string) => void printed.push(text),
      error: (text: string) => void printed.push(text),
    };
    const send = (...argv: string[]) => deliver([...argv, '--url', server.url], terminal);
    try {
      expect(await send('sqs', '--queue', 'shipments', '--body', JSON.stringify({ orderId: id }))).toBe(true);
      expect(await send('schedule', '--rule', 'nightly-report', '--time', '2026-03-03T00:10:00Z')).toBe(true);
      expect(await send('kinesis')).toBe(false);
    } finally {
      await server.close();
    }
    expect((await get(`/orders/${id}/shipment`)).statusCode).toBe(200);
    expect((await get('/reports/2026-03-02')).body).toMatchObject({ day: '2026-03-02', orders: 0 });
  });
});
