import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { routePaths } from '../shared/module-graph.mjs';

/** As many routes as the graph of `size` modules has. */
export async function start(size) {
  const app = new Hono();
  for (const path of routePaths(size)) app.get(path.replace('42', ':id'), (c) => c.json({ id: c.req.param('id') }));
  return handle(app);
}
