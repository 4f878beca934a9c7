import createAPI from 'lambda-api';
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { compileOrder } from '../shared/order.ajv.mjs';
import { orderSchema } from '../shared/order.schema.mjs';

const validate = compileOrder(orderSchema);
const api = createAPI({ logger: process.env.ACCESS_LOG === 'on' ? { access: true, errorLogging: false } : false });

api.get('/orders/:id', (request) => ({ id: request.params.id, expand: request.query.expand }));

api.post('/orders', (request, response) => {
  if (!validate(request.body)) return response.status(422).json({ detail: validate.errors.map(describe) });
  return response.status(201).json(summaryOf(request.body));
});

api.get('/guarded/:id', requireKey, versionHeader, envelope, (request, response) =>
  response.sendData({ id: request.params.id }),
);

api.get('/catalogue', () => catalogue);

export const handler = (event, context) => api.run(event, context);

function describe({ instancePath, message }) {
  return { path: instancePath, message };
}

function requireKey(request, response, next) {
  if (request.headers['x-api-key'] === API_KEY) next();
  else response.status(403).json({ detail: 'Forbidden' });
}

function versionHeader(_request, response, next) {
  response.header('x-api-version', '1');
  next();
}

/** Middlewares of lambda-api run before the method only; what is around it is a function that the method calls. */
function envelope(_request, response, next) {
  response.sendData = (data) => response.json({ data });
  next();
}
