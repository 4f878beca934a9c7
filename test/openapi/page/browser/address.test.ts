import { operationAddress, ownServer } from '../../../../src/openapi/page/browser/address.js';

test.each<[name: string, href: string, servers: string[], server: string, expected: string]>([
  ['this server', 'https://a.test/docs', ['/'], '/', 'https://a.test/orders'],
  ['a stage', 'https://a.test/dev/docs', ['/'], '/', 'https://a.test/dev/orders'],
  ['a trailing slash', 'https://a.test/dev/docs/', ['/'], '/', 'https://a.test/dev/orders'],
  ['a base path', 'https://a.test/v1/docs', ['/v1'], '/v1', 'https://a.test/v1/orders'],
  ['another base path', 'https://a.test/v1/docs', ['/v1', '/v2'], '/v2', 'https://a.test/v2/orders'],
  ['a base path below a stage', 'https://a.test/dev/v1/docs', ['/v1'], '/v1', 'https://a.test/dev/v1/orders'],
  ['a base path without the page below it', 'https://a.test/docs', ['/v1'], '/v1', 'https://a.test/v1/orders'],
  ['the longest base path', 'https://a.test/a/b/docs', ['/b', '/a/b'], '/b', 'https://a.test/b/orders'],
  [
    'a stage that only looks like a base path',
    'https://a.test/xv1/docs',
    ['/v1'],
    '/v1',
    'https://a.test/xv1/v1/orders',
  ],
  [
    'another server',
    'https://a.test/dev/docs',
    ['https://b.test/v1/'],
    'https://b.test/v1/',
    'https://b.test/v1/orders',
  ],
])('operations are sent to %s', (_name, href, servers, server, expected) => {
  expect(operationAddress(server, '/orders', { href, page: '/docs', servers }).href).toBe(expected);
});

test('the page starts with the server that it is served by', () => {
  const place = { page: '/docs', servers: ['/v1', '/v2/'] };
  expect(ownServer({ ...place, href: 'https://a.test/dev/v2/docs' })).toBe('/v2/');
  expect(ownServer({ ...place, href: 'https://a.test/docs' })).toBeUndefined();
});
