import awsLambdaFastify from '@fastify/aws-lambda';
import Fastify from 'fastify';
import { routePatterns } from '../shared/route-patterns.mjs';

/** Has as many routes as the graph of `size` modules. */
export async function start(size) {
  const app = Fastify();
  for (const pattern of routePatterns(size)) app.get(pattern, async ({ params }) => ({ id: params.id }));
  const handler = awsLambdaFastify(app, { decorateRequest: false });
  await app.ready();
  return handler;
}
