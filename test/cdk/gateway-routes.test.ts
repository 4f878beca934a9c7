import { gatewayRoutes } from '../../src/cdk/gateway-routes.js';

function told(...routes: readonly string[]): string[] {
  const described = routes.map((route) => {
    const [method, path] = route.split(' ') as ['GET', string];
    return { method, path, handler: 'Orders.find' };
  });
  return gatewayRoutes(described).map(({ method, path }) => `${method} ${path}`);
}

test.each([
  ['GET /', ['GET /']],
  ['GET /orders', ['GET /orders']],
  ['ALL /orders/:id', ['ALL /orders/{id}']],
  ['GET /orders/{id}/lines', ['GET /orders/{id}/lines']],
  ['GET /orders/:id(\\d+)', ['GET /orders/{id}']],
  ['GET /users/:id?', ['GET /users/{id}', 'GET /users']],
  ['GET /files/*path', ['GET /files/{path+}']],
  ['GET /openapi.json', ['GET /openapi.json']],
])('%s is %j for API Gateway', (route, expected) => {
  expect(told(route)).toEqual(expected);
});

test.each(['GET /files/:name.:ext', 'GET /v:version/orders', 'GET /caf%C3%A9', 'GET /a/b:c(x)', 'GET /~ada'])(
  '%s is left to the route for the rest',
  (route) => {
    expect(told(route)).toEqual([]);
  },
);

test('a place is told once, under the first name of its parameter', () => {
  expect(told('GET /orders/:id(\\d+)', 'GET /orders/:name', 'POST /orders/:order/lines', 'GET /shops/:shop')).toEqual([
    'GET /orders/{id}',
    'POST /orders/{id}/lines',
    'GET /shops/{shop}',
  ]);
});
