import { banner } from '../../src/local/banner.js';

const url = 'http://localhost:3000';

test('the banner has the address, the routes in columns and a command to try', () => {
  const routes = [
    { method: 'GET', path: '/orders/:id', handler: 'OrdersController.find' },
    { method: 'DELETE', path: '/orders', handler: 'OrdersController.clear' },
    { method: 'GET', path: '/health' },
  ];
  expect(banner({ url, source: 'v2', routes })).toBe(`
Listening on http://localhost:3000 (emulating HTTP API, payload 2.0)

  GET     /orders/:id  OrdersController.find
  DELETE  /orders      OrdersController.clear
  GET     /health

Try: curl -i http://localhost:3000/health
`);
});

test("a command of one's own takes the place of the curl", () => {
  expect(banner({ url, source: 'alb', example: (address) => `http ${address}/orders` })).toBe(`
Listening on http://localhost:3000 (emulating ALB)

Try: http http://localhost:3000/orders
`);
});

test('where every route has parameters, one is tried with their names', () => {
  const routes = [
    { method: 'GET', path: '/files/*' },
    { method: 'GET', path: '/orders/:id/items/:item' },
  ];
  expect(banner({ url, source: 'v1', routes })).toContain('Try: curl -i http://localhost:3000/orders/id/items/item\n');
});

test('a route that everyone may call is tried first, and a guarded one if there is no other', () => {
  const routes = [
    { method: 'GET', path: '/me', guarded: true },
    { method: 'GET', path: '/orders/:id', guarded: false },
  ];
  expect(banner({ url, source: 'v1', routes })).toContain('Try: curl -i http://localhost:3000/orders/id\n');
  expect(banner({ url, source: 'v1', routes: routes.slice(0, 1) })).toContain(
    'Try: curl -i http://localhost:3000/me\n',
  );
});

test.each([[[{ method: 'GET', path: '/{proxy+}' }]], [[{ method: 'POST', path: '/orders' }]], [[]]])(
  'without a route that a GET is known to find, there is none to try: %j',
  (routes) => {
    expect(banner({ url, source: 'v1', routes })).not.toContain('Try:');
  },
);
