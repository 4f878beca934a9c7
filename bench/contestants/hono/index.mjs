/* oxlint-disable oxc/no-async-endpoint-handlers -- about Express 4, which this is not */
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { Order } from '../shared/order.zod.mjs';

const app = new Hono();
if (process.env.ACCESS_LOG === 'on') app.use(accessLog);

app.get('/orders/:id', (c) => c.json({ id: c.req.param('id'), expand: c.req.query('expand') }));

app.post('/orders', async (c) => {
  const order = Order.safeParse(await c.req.json());
  if (!order.success) return c.json({ detail: order.error.issues }, 422);
  return c.json(summaryOf(order.data), 201);
});

app.get('/guarded/:id', requireKey, versionHeader, envelope, (c) => {
  c.set('data', { id: c.req.param('id') });
});

app.get('/catalogue', (c) => c.json(catalogue));

app.notFound((c) => c.json({ detail: 'Not Found' }, 404));

export const handler = handle(app);

async function requireKey(c, next) {
  if (c.req.header('x-api-key') !== API_KEY) throw new HTTPException(403);
  await next();
}

async function versionHeader(c, next) {
  await next();
  c.header('x-api-version', '1');
}

async function envelope(c, next) {
  await next();
  c.res = c.json({ data: c.get('data') });
}

/** Hono's logger as JSON instead of text. */
async function accessLog(c, next) {
  const started = performance.now();
  await next();
  const { method, path } = c.req;
  const duration = performance.now() - started;
  console.log(
    JSON.stringify({ level: 'info', date: new Date().toISOString(), method, path, status: c.res.status, duration }),
  );
}
