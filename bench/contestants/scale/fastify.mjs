import awsLambdaFastify from '@fastify/aws-lambda';
import Fastify from 'fastify';
import { routePaths } from '../shared/module-graph.mjs';

/** As many routes as the graph of `size` modules has. */
export async function start(size) {
  const app = Fastify();
  for (const path of routePaths(size)) app.get(path.replace('42', ':id'), async ({ params }) => ({ id: params.id }));
  const handler = awsLambdaFastify(app, { decorateRequest: false });
  await app.ready();
  return handler;
}
