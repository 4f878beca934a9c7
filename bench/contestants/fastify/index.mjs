/* oxlint-disable oxc/no-async-endpoint-handlers -- about Express 4, which this is not */
import awsLambdaFastify from '@fastify/aws-lambda';
import Fastify, { LogController } from 'fastify';
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { orderSchema } from '../shared/order.schema.mjs';

const writesLog = process.env.ACCESS_LOG === 'on';

const app = Fastify({
  logger: writesLog,
  logController: new LogController({ disableRequestLogging: true }),
  ajv: { customOptions: { allErrors: true, coerceTypes: false } },
});
// Fastify's own request log has two lines. This is the one line that all contestants write.
if (writesLog) app.addHook('onResponse', writeLine);

app.get('/orders/:id', async (request) => ({ id: request.params.id, expand: request.query.expand }));

app.post('/orders', { schema: { body: orderSchema }, schemaErrorFormatter }, async (request, reply) => {
  reply.code(201);
  return summaryOf(request.body);
});

app.get(
  '/guarded/:id',
  { onRequest: requireKey, preHandler: versionHeader, preSerialization: envelope },
  async (request) => ({
    id: request.params.id,
  }),
);

app.get('/catalogue', async () => catalogue);

export const handler = awsLambdaFastify(app, { decorateRequest: false });
await app.ready();

async function writeLine(request, reply) {
  request.log.info({
    method: request.method,
    path: request.url.split('?', 1)[0],
    status: reply.statusCode,
    duration: reply.elapsedTime,
  });
}

/** Reports all errors. By default, Fastify only reports the first one. */
function schemaErrorFormatter(errors) {
  return new Error(errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', '));
}

async function requireKey(request, reply) {
  if (request.headers['x-api-key'] !== API_KEY) return reply.code(403).send({ detail: 'Forbidden' });
  return undefined;
}

async function versionHeader(_request, reply) {
  reply.header('x-api-version', '1');
}

async function envelope(_request, _reply, payload) {
  return { data: payload };
}
