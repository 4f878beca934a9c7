import { elementName } from '../../../../src/cli/files/templates/element-name.js';

test.each([
  ['orders', 'orders', 'Orders'],
  ['Orders', 'orders', 'Orders'],
  ['order-items', 'order-items', 'OrderItems'],
  ['orderItems', 'order-items', 'OrderItems'],
  ['OrderItems', 'order-items', 'OrderItems'],
  ['order_items', 'order-items', 'OrderItems'],
  ['HTTPErrors', 'http-errors', 'HttpErrors'],
  ['v2', 'v2', 'V2'],
  ['OrdersController', 'orders', 'Orders'],
  ['orders-controller', 'orders', 'Orders'],
  ['controller', 'controller', 'Controller'],
])('%s is the file %s and the class %s', (text, kebab, pascal) => {
  expect(elementName(text, 'controller')).toMatchObject({ folders: [], kebab, pascal });
});

test.each([
  ['shop/orders', ['shop'], 'Orders'],
  ['Shop/InStore/orders', ['shop', 'in-store'], 'Orders'],
  ['src/shop/orders', ['shop'], 'Orders'],
])('%s is in the folders %j', (text, folders, pascal) => {
  expect(elementName(text, 'controller')).toMatchObject({ folders, pascal });
});

test.each([
  ['orders', 'Order'],
  ['categories', 'Category'],
  ['movies', 'Movie'],
  ['order-statuses', 'OrderStatus'],
  ['prizes', 'Prize'],
  ['addresses', 'Address'],
  ['boxes', 'Box'],
  ['branches', 'Branch'],
  ['order-items', 'OrderItem'],
  ['order', 'Order'],
  ['news', 'News'],
  ['status', 'Status'],
  ['address', 'Address'],
  ['analysis', 'Analysis'],
  ['bus', 'Bus'],
])('one of %s is called %s', (text, singular) => {
  expect(elementName(text, 'module').singular.pascal).toBe(singular);
});

test.each([
  '',
  '/',
  '../orders',
  'shop/../orders',
  './orders',
  '/etc/orders',
  'orders/',
  'shop//orders',
  '7up',
  'my orders',
  'orders.ts',
  'C:\\orders',
  '-x',
  'orders-',
  'ordérs',
  '__proto__',
  'a\0b',
])('the name %j is refused', (text) => {
  expect(() => elementName(text, 'controller')).toThrow('Use letters, digits and hyphens');
});

test.each(['class', 'Function', 'default', 'shop/delete', 'new/orders', 'constructor'])(
  'the name %s is refused as a reserved word',
  (text) => {
    expect(() => elementName(text, 'service')).toThrow('is a reserved word');
  },
);
