import { ForbiddenError, HttpStatusCodes, Router } from '@aws-lambda-powertools/event-handler/http';
import { Logger } from '@aws-lambda-powertools/logger';
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { Order } from '../shared/order.zod.mjs';

const writesLog = process.env.ACCESS_LOG === 'on';
const logger = new Logger({ serviceName: 'orders' });
// It tells of every 404 and 422 on the console otherwise: a second line beside the one that everybody writes.
const app = new Router({ logger: { debug: () => undefined, warn: () => undefined, error: () => undefined } });

app.get('/orders/:id', ({ params, req }) => ({
  id: params.id,
  expand: new URL(req.url).searchParams.get('expand') ?? undefined,
}));

app.post('/orders', ({ valid }) => ({ statusCode: HttpStatusCodes.CREATED, body: summaryOf(valid.req.body) }), {
  validation: { req: { body: Order } },
});

app.get('/guarded/:id', [requireKey, versionHeader, envelope], ({ params }) => ({ id: params.id }));

app.get('/catalogue', () => catalogue);

export const handler = async (event, context) => {
  const started = performance.now();
  const result = await app.resolve(event, context);
  if (writesLog) writeLine(event, result, started);
  return result;
};

/** Around the router: a middleware of its own does not see how an error is answered. */
function writeLine({ requestContext }, { statusCode }, started) {
  const { method, path, userAgent } = requestContext.http;
  logger.info('request', { method, path, status: statusCode, duration: performance.now() - started, userAgent });
}

async function requireKey({ reqCtx, next }) {
  if (reqCtx.req.headers.get('x-api-key') !== API_KEY) throw new ForbiddenError('Forbidden');
  await next();
}

async function versionHeader({ reqCtx, next }) {
  await next();
  reqCtx.res.headers.set('x-api-version', '1');
}

async function envelope({ reqCtx, next }) {
  await next();
  reqCtx.res = Response.json({ data: await reqCtx.res.json() });
}
