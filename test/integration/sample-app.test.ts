import { ThrottlingException } from '@aws-sdk/client-dynamodb';
import { serve } from 'lambent/local';
import { fakeContext, type InjectRequest, type InjectResponse, Test, type TestingApplication } from 'lambent/testing';
import { AppModule } from '../../sample-app/src/app.module.js';
import { options } from '../../sample-app/src/options.js';
import { OrdersRepository } from '../../sample-app/src/orders/orders.repository.js';

type Source = NonNullable<InjectRequest['source']>;

const SOURCES: readonly Source[] = [
  'apiGatewayV1',
  'httpApiV1',
  'apiGatewayV2',
  'functionUrl',
  'alb',
  'albMultiValue',
  'latticeV1',
  'latticeV2',
];

process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';

const headers = { 'x-api-key': 'local-key' };
const order = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', age: 36 },
  lines: [
    { sku: 'TEA-0042', quantity: 2, unitPrice: 450 },
    { sku: 'CUP-0001', quantity: 1, unitPrice: 1200 },
  ],
};
const unknownId = '01890a5d-ac96-774b-bcce-b302099a8057';

interface Order {
  id: string;
  status: string;
  total: number;
}

interface Page {
  orders: Order[];
  nextCursor?: string;
}

let app: TestingApplication;
let source: Source = 'apiGatewayV2';

async function start(): Promise<void> {
  app = await Test.createTestingModule({ imports: [AppModule] }, options).compile();
}

function send(request: InjectRequest): Promise<InjectResponse> {
  return app.inject({ source, headers, ...request });
}

async function place(payload: object = order): Promise<Order> {
  const response = await send({ method: 'POST', url: '/orders', payload });
  expect(response.statusCode).toBe(201);
  return response.json<Order>();
}

function setStatus(id: string, status: string): Promise<InjectResponse> {
  return send({ method: 'PATCH', url: `/orders/${id}/status`, payload: { status } });
}

async function list(query: Record<string, string | number>): Promise<Page> {
  const response = await send({ url: '/orders', query });
  expect(response.statusCode).toBe(200);
  return response.json<Page>();
}

function upload(id: string, file: { name: string; type: string; content: Buffer }): Promise<InjectResponse> {
  const head = `--frontier\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}\r\n\r\n`;
  return send({
    method: 'POST',
    url: `/orders/${id}/attachments`,
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=frontier' },
    payload: Buffer.concat([Buffer.from(head), file.content, Buffer.from('\r\n--frontier--\r\n')]),
  });
}

describe.each(SOURCES)('the orders service behind %s', (name) => {
  beforeAll(async () => {
    source = name;
    await start();
  });
  afterAll(() => app.close());

  test('an order that was placed can be read at its location', async () => {
    const placed = await send({
      method: 'POST',
      url: '/orders',
      payload: order,
      headers: { ...headers, 'x-caller': 'shop' },
    });
    expect(placed.statusCode).toBe(201);
    const read = await send({ url: placed.headers['location'] });
    expect(read.statusCode).toBe(200);
    expect(read.json()).toEqual(placed.json());
    expect(read.json()).toMatchObject({ ...order, status: 'pending', total: 2100, createdBy: 'shop' });
  });

  test('an order that breaks the rules is told every one of them', async () => {
    const lines = [{ sku: 'tea', quantity: 0, unitPrice: 450 }];
    const customer = { name: 'Ada', email: 'nowhere' };
    const response = await send({ method: 'POST', url: '/orders', payload: { customer, lines, discount: 100 } });
    expect(response.statusCode).toBe(422);
    const { detail } = response.json<{ detail: { loc: unknown[]; msg: string; type: string }[] }>();
    expect(detail).toContainEqual({
      loc: ['body', 'customer', 'email'],
      msg: 'email must be an email',
      type: 'isEmail',
    });
    expect(detail.map(({ loc }) => loc.join('.')).toSorted()).toEqual([
      'body.customer.email',
      'body.discount',
      'body.lines.0.quantity',
      'body.lines.0.sku',
    ]);
  });

  test('a status leads only where it may', async () => {
    const { id } = await place();
    expect((await setStatus(id, 'paid')).json()).toMatchObject({ id, status: 'paid' });
    const refused = await setStatus(id, 'delivered');
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toEqual({ detail: "An order that is paid can't become delivered" });
    expect((await send({ url: `/orders/${id}` })).json()).toMatchObject({ status: 'paid' });
  });

  test('a deleted order is gone with its files, and a paid one stays', async () => {
    const { id } = await place();
    await upload(id, { name: 'note.txt', type: 'text/plain', content: Buffer.from('hello') });
    const deleted = await send({ method: 'DELETE', url: `/orders/${id}` });
    expect([deleted.statusCode, deleted.payload]).toEqual([204, '']);
    expect((await send({ url: `/orders/${id}` })).statusCode).toBe(404);
    expect((await send({ url: `/orders/${id}/attachments/note.txt` })).statusCode).toBe(404);

    const paid = await place();
    await setStatus(paid.id, 'paid');
    expect((await send({ method: 'DELETE', url: `/orders/${paid.id}` })).statusCode).toBe(409);
  });

  test('a file comes back byte for byte', async () => {
    const { id } = await place();
    const content = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0d, 0x0a]);
    const uploaded = await upload(id, { name: 'label.png', type: 'image/png', content });
    expect([uploaded.statusCode, uploaded.json()]).toEqual([
      201,
      { name: 'label.png', mediaType: 'image/png', size: 6 },
    ]);
    const downloaded = await send({ url: uploaded.headers['location'] });
    expect(downloaded.rawPayload).toEqual(content);
    expect(downloaded.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="label.png"',
    });
  });

  test('without the key nothing but the health check answers', async () => {
    const refused = await send({ url: '/orders', headers: { 'x-api-key': 'wrong' } });
    expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([401, 'ApiKey']);
    expect((await send({ method: 'POST', url: '/orders', headers: {}, payload: order })).statusCode).toBe(401);
    const up = { database: { status: 'up' } };
    const health = await send({ url: '/health', headers: {} });
    expect(health.json()).toEqual({ status: 'ok', info: up, error: {}, details: up });
    expect(await app.handler({ health: true }, fakeContext())).toMatchObject({ status: 'ok' });
  });

  test('what is not there is 404, and another method is 405 with the ones there are', async () => {
    const missing = await send({ url: `/orders/${unknownId}` });
    expect([missing.statusCode, missing.json()]).toEqual([404, { detail: `There is no order ${unknownId}` }]);
    expect((await send({ url: '/invoices' })).statusCode).toBe(404);
    expect((await setStatus(unknownId, 'paid')).statusCode).toBe(404);
    const put = await send({ method: 'PUT', url: '/orders', payload: order });
    expect(put.statusCode).toBe(405);
    expect(put.headers['allow']?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST']);
  });

  test('the export has one order a line', async () => {
    const { id } = await place();
    const response = await send({ url: '/orders/export' });
    expect(response.headers['content-type']).toContain('application/x-ndjson');
    const orders = response.payload
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Order);
    expect(orders[0]).toEqual((await send({ url: `/orders/${id}` })).json());
    expect(orders.length).toBe((await list({ limit: 100 })).orders.length);
  });
});

describe('the orders service', () => {
  beforeEach(async () => {
    source = 'apiGatewayV2';
    await start();
  });
  afterEach(() => app.close());

  test('a list is read to its end page by page, newest first', async () => {
    const placed: string[] = [];
    for (let count = 0; count < 5; count += 1) placed.push((await place()).id);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      pages.push(page.orders.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(placed.toSorted().toReversed());
  });

  test('a list of one status has that status alone, on later pages too', async () => {
    for (let count = 0; count < 3; count += 1) await setStatus((await place()).id, 'paid');
    await place();
    const first = await list({ status: 'paid', limit: 2 });
    const second = await list({ status: 'paid', limit: 2, cursor: first.nextCursor! });
    expect([...first.orders, ...second.orders].map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=ten', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=bm90IGFuIGlk', 'cursor'],
    ['status=lost', 'status'],
    ['sort=price', 'sort'],
  ])('a list is refused for %s', async (query, name) => {
    const response = await send({ url: `/orders?${query}` });
    expect(response.statusCode).toBe(422);
    const { detail } = response.json<{ detail: { loc: string[] }[] }>();
    expect(new Set(detail.map(({ loc }) => loc.join('.')))).toEqual(new Set([`query.${name}`]));
  });

  test('the export is limited for each caller', async () => {
    const statuses = new Set<number>();
    for (let sent = 0; sent < 10; sent++) statuses.add((await send({ url: '/orders/export' })).statusCode);
    const refused = await send({ url: '/orders/export' });
    expect([[...statuses], refused.statusCode, refused.headers['ratelimit-policy']]).toEqual([
      [200],
      429,
      '"user-minute";q=10;w=60',
    ]);
  });

  test('what is for the staff is stored and logged, but never answered', async () => {
    const large = { ...order, lines: [{ sku: 'TEA-0042', quantity: 999, unitPrice: 450_000 }] };
    const answers = [
      await send({ method: 'POST', url: '/orders', payload: large }),
      await send({ url: '/orders' }),
      await send({ url: '/orders/export' }),
    ];
    for (const { payload } of answers) expect(payload).not.toContain('unusually large');
    expect(app.logs).toContainEqual(
      expect.objectContaining({ level: 'warning', message: 'Order needs a review', reason: 'unusually large' }),
    );
  });

  test('files are refused for their size, their type, their name, and for want of an order', async () => {
    const { id } = await place();
    const text = { name: 'note.txt', type: 'text/plain', content: Buffer.from('hello') };
    expect((await upload(id, { ...text, content: Buffer.alloc(300 * 1024) })).statusCode).toBe(413);
    expect((await upload(id, { ...text, type: 'text/html' })).statusCode).toBe(415);
    expect((await upload(id, { ...text, name: 'a note.txt' })).statusCode).toBe(422);
    expect((await upload(id, { ...text, name: '', content: Buffer.alloc(0) })).json()).toEqual({
      detail: [{ loc: ['body', 'file'], msg: 'file is required', type: 'required' }],
    });
    expect((await upload(unknownId, text)).statusCode).toBe(404);
    expect((await upload(id, text)).statusCode).toBe(201);
    expect((await upload(id, text)).statusCode).toBe(409);
  });

  test('every request has one line in the access log, with what the service adds', async () => {
    const { id } = await place();
    await send({ url: `/orders/${unknownId}`, headers: { ...headers, 'x-request-id': 'req-1' } });
    await send({ url: '/health' });
    expect(app.logs).toEqual([
      expect.objectContaining({
        type: 'access',
        level: 'info',
        method: 'POST',
        path: '/orders',
        route: '/orders',
        status_code: 201,
        cold_start: true,
        order_id: id,
        order_total: 2100,
      }),
      expect.objectContaining({
        type: 'access',
        level: 'warning',
        id: 'req-1',
        route: '/orders/:id',
        status_code: 404,
        order_id: unknownId,
      }),
    ]);
  });

  test('orders that come at the same time are each stamped with their own caller', async () => {
    const callers = Array.from({ length: 20 }, (_, index) => `caller-${index}`);
    const responses = await Promise.all(
      callers.map((caller) =>
        send({ method: 'POST', url: '/orders', payload: order, headers: { ...headers, 'x-caller': caller } }),
      ),
    );
    expect(responses.map((response) => response.json<{ createdBy: string }>().createdBy)).toEqual(callers);
  });

  test('a browser on an allowed origin may read answers, the location included', async () => {
    const origin = 'http://localhost:5173';
    const preflight = await send({
      method: 'OPTIONS',
      url: '/orders',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'x-api-key',
      'access-control-max-age': '600',
    });
    const answer = await send({ url: '/orders', headers: { ...headers, origin } });
    expect(answer.headers['access-control-expose-headers']).toBe('location');
  });

  test('a database that is out of breath is 503, with the time to come back at', async () => {
    const error = new ThrottlingException({ message: 'Rate exceeded', $metadata: {} });
    await using throttled = await Test.createTestingModule({ imports: [AppModule] }, options)
      .overrideProvider(OrdersRepository)
      .useValue({ page: () => Promise.reject(error) })
      .compile();
    const response = await throttled.inject({ url: '/orders', headers });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '1']);
    expect(response.payload).not.toContain('Rate exceeded');
  });

  test('an answer that has not changed is 304', async () => {
    const { id } = await place();
    const { etag } = (await send({ url: `/orders/${id}` })).headers;
    const again = await send({ url: `/orders/${id}`, headers: { ...headers, 'if-none-match': String(etag) } });
    expect([again.statusCode, again.payload]).toEqual([304, '']);
  });

  test('the local server passes the export on as the streaming handler writes it', async () => {
    await place();
    const server = await serve(app.app, { port: 0, streaming: true, quiet: true });
    try {
      const response = await fetch(`${server.url}/orders/export`, { headers });
      expect(response.headers.get('content-type')).toBe('application/x-ndjson');
      expect(await response.text()).toBe((await send({ url: '/orders/export' })).payload);
    } finally {
      await server.close();
    }
  });
});
