import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import httpRouter from '@middy/http-router';
import validator from '@middy/validator';
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { compileOrder } from '../shared/order.ajv.mjs';
import { orderSchema } from '../shared/order.schema.mjs';

const eventSchema = compileOrder({ type: 'object', required: ['body'], properties: { body: orderSchema } });

const getOrder = middy().handler(({ pathParameters, queryStringParameters }) =>
  json(200, { id: pathParameters.id, expand: queryStringParameters?.expand }),
);

const createOrder = middy()
  .use(jsonBodyParser())
  .use(validator({ eventSchema }))
  .handler(({ body }) => json(201, summaryOf(body)));

const getGuarded = middy()
  .use(apiKey())
  .use(versionHeader())
  .use(envelope())
  .handler(({ pathParameters }) => ({ id: pathParameters.id }));

const getCatalogue = middy().handler(() => json(200, catalogue));

const app = middy();
if (process.env.ACCESS_LOG === 'on') app.use(accessLog());

export const handler = app.use(errorResponse()).handler(
  httpRouter([
    { method: 'GET', path: '/orders/{id}', handler: getOrder },
    { method: 'POST', path: '/orders', handler: createOrder },
    { method: 'GET', path: '/guarded/{id}', handler: getGuarded },
    { method: 'GET', path: '/catalogue', handler: getCatalogue },
  ]),
);

function json(statusCode, data) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) };
}

function apiKey() {
  return {
    before: async ({ event }) =>
      event.headers['x-api-key'] === API_KEY ? undefined : json(403, { detail: 'Forbidden' }),
  };
}

function versionHeader() {
  return {
    after: async ({ response }) => {
      response.headers['x-api-version'] = '1';
    },
  };
}

function envelope() {
  return {
    after: async (request) => {
      request.response = json(200, { data: request.response });
    },
  };
}

/** The validator puts its errors into the cause. */
function errorResponse() {
  return {
    onError: async (request) => {
      const { statusCode, message, cause } = request.error;
      if (statusCode === undefined) return;
      request.response = json(statusCode, { detail: Array.isArray(cause?.data) ? cause.data.map(describe) : message });
    },
  };
}

function describe({ instancePath, message }) {
  return { path: instancePath, message };
}

function accessLog() {
  const logger = new Logger({ serviceName: 'orders' });
  const write = async ({ event, response, internal }) => {
    const { method, path, userAgent } = event.requestContext.http;
    const duration = performance.now() - internal.started;
    logger.info('request', { method, path, status: response?.statusCode ?? 500, duration, userAgent });
  };
  return {
    before: async ({ internal }) => {
      internal.started = performance.now();
    },
    after: write,
    onError: write,
  };
}
