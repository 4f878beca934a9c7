// A carefully hand-written handler without a framework: the baseline of all ratios.
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { validateOrder } from './validate-order.mjs';

const writesLog = process.env.ACCESS_LOG === 'on';
const ORDER = /^\/orders\/([^/]+)$/;
const GUARDED = /^\/guarded\/([^/]+)$/;

export const handler = async (event, context) => {
  const started = performance.now();
  const response = await respond(event);
  if (writesLog) writeLine(event, context, response, started);
  return response;
};

async function respond(event) {
  const { method, path } = event.requestContext.http;
  if (path === '/orders') return method === 'POST' ? createOrder(event) : methodNotAllowed('POST');
  if (path === '/catalogue') return method === 'GET' ? json(200, catalogue) : methodNotAllowed('GET');
  const order = ORDER.exec(path);
  if (order) return method === 'GET' ? getOrder(order[1], event) : methodNotAllowed('GET');
  const guarded = GUARDED.exec(path);
  if (guarded) return method === 'GET' ? getGuarded(guarded[1], event) : methodNotAllowed('GET');
  return json(404, { detail: 'Not Found' });
}

async function getOrder(id, event) {
  return json(200, { id, expand: event.queryStringParameters?.expand });
}

async function createOrder(event) {
  let order;
  try {
    order = JSON.parse(event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body);
  } catch {
    return json(400, { detail: 'The body is not valid JSON' });
  }
  const errors = validateOrder(order);
  return errors.length > 0 ? json(422, { detail: errors }) : json(201, summaryOf(order));
}

async function getGuarded(id, event) {
  if (event.headers['x-api-key'] !== API_KEY) return json(403, { detail: 'Forbidden' });
  const response = json(200, { data: { id } });
  response.headers['x-api-version'] = '1';
  return response;
}

function methodNotAllowed(allow) {
  const response = json(405, { detail: 'Method Not Allowed' });
  response.headers.allow = allow;
  return response;
}

function json(statusCode, data) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) };
}

function writeLine(event, context, { statusCode }, started) {
  const { http } = event.requestContext;
  console.log(
    JSON.stringify({
      level: 'info',
      date: new Date().toISOString(),
      id: context.awsRequestId,
      method: http.method,
      path: http.path,
      status: statusCode,
      duration: performance.now() - started,
      userAgent: http.userAgent,
    }),
  );
}
