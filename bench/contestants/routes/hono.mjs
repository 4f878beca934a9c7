import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { routePatterns } from '../shared/route-patterns.mjs';

/** Has as many routes as the graph of `size` modules. */
export async function start(size) {
  const app = new Hono();
  for (const pattern of routePatterns(size)) app.get(pattern, (c) => c.json({ id: c.req.param('id') }));
  return handle(app);
}
