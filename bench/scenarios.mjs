// The responses of every contestant. `verify` runs before any measurement, and a wrong response stops the run.
import assert from 'node:assert/strict';
import { API_KEY } from './contestants/shared/api-key.mjs';
import { catalogue } from './contestants/shared/catalogue.mjs';
import { httpEvent } from './http-event.mjs';

const order = {
  customer: { name: 'Ada Lovelace', email: 'ada.lovelace@example.com', age: 36 },
  lines: [
    { sku: 'TEA-0042', quantity: 2, unitPrice: 450 },
    { sku: 'CUP-0007', quantity: 1, unitPrice: 1299 },
    { sku: 'POT-0100', quantity: 1, unitPrice: 3950 },
    { sku: 'JAM-0815', quantity: 6, unitPrice: 520 },
    { sku: 'BUN-0003', quantity: 12, unitPrice: 85 },
  ],
  note: 'Leave it with the neighbour, please',
  gift: true,
};

const invalidOrder = {
  ...order,
  customer: { ...order.customer, email: 'ada.lovelace', age: 12 },
  lines: order.lines.with(1, { ...order.lines[1], sku: 'cup-7' }).with(3, { ...order.lines[3], quantity: 0 }),
};

/**
 * The measured scenarios, in the order of the table: `request` is what comes in, `answer` what has to come out. Of
 * errors only the status counts, and the properties that the answer has to name: each framework words them in its way.
 */
export const scenarios = [
  {
    id: 'get',
    title: 'GET, path and query',
    request: { path: '/orders/ord_4711', query: { expand: 'lines' } },
    answer: { status: [200], data: { id: 'ord_4711', expand: 'lines' } },
  },
  {
    id: 'post',
    title: 'POST, valid order',
    request: { method: 'POST', path: '/orders', payload: order },
    answer: { status: [201], data: { customer: 'Ada Lovelace', lines: 5, total: 10_289, gift: true } },
  },
  {
    id: 'post-invalid',
    title: 'POST, invalid order',
    request: { method: 'POST', path: '/orders', payload: invalidOrder },
    answer: { status: [400, 422], names: ['email', 'age', 'sku', 'quantity'] },
  },
  {
    id: 'unknown-path',
    title: 'unknown path',
    request: { path: '/no/such/path' },
    answer: { status: [404] },
  },
  {
    id: 'guarded',
    title: 'guard, two interceptors',
    request: { path: '/guarded/ord_4711', headers: { 'x-api-key': API_KEY } },
    answer: { status: [200], data: { data: { id: 'ord_4711' } }, headers: { 'x-api-version': '1' } },
  },
  {
    id: 'large',
    title: '10 kB response',
    request: { path: '/catalogue' },
    answer: { status: [200], data: catalogue },
  },
].map(withEvent);

/** Not measured. Each breaks one rule of an order, to show that nobody is fast by leaving a rule out. */
export const proofs = [
  ...Object.entries({
    'an empty name': { customer: { ...order.customer, name: '' } },
    'an address without a domain': { customer: { ...order.customer, email: 'ada@' } },
    'an age that is no integer': { customer: { ...order.customer, age: 36.5 } },
    'an age that is text': { customer: { ...order.customer, age: '36' } },
    'an age above 150': { customer: { ...order.customer, age: 151 } },
    'no customer': { customer: undefined },
    'no lines': { lines: [] },
    'lines that are no list': { lines: 'TEA-0042' },
    'a line without a price': { lines: [{ sku: 'TEA-0042', quantity: 2 }] },
    'a negative price': { lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: -1 }] },
    'a quantity above 1000': { lines: [{ sku: 'TEA-0042', quantity: 1001, unitPrice: 1 }] },
    'half a quantity': { lines: [{ sku: 'TEA-0042', quantity: 0.5, unitPrice: 1 }] },
    'a note of 501 characters': { note: 'x'.repeat(501) },
    'a gift that is text': { gift: 'yes' },
  }).map(([title, change]) => refusal(title, { ...order, ...change })),
  {
    title: 'an order without a note',
    request: { method: 'POST', path: '/orders', payload: { ...order, note: undefined } },
    answer: { status: [201], data: { customer: 'Ada Lovelace', lines: 5, total: 10_289, gift: true } },
  },
  { title: 'no API key', request: { path: '/guarded/ord_4711' }, answer: { status: [401, 403] } },
  {
    title: 'a wrong API key',
    request: { path: '/guarded/ord_4711', headers: { 'x-api-key': 'x' } },
    answer: { status: [401, 403] },
  },
].map(withEvent);

function refusal(title, payload) {
  return { title, request: { method: 'POST', path: '/orders', payload }, answer: { status: [400, 422] } };
}

function withEvent(scenario) {
  return { ...scenario, event: httpEvent(scenario.request) };
}

/** @throws AssertionError when the result is not that of the scenario */
export function verify({ title, answer }, result) {
  const text = result.isBase64Encoded ? Buffer.from(result.body, 'base64').toString() : result.body;
  assert.ok(answer.status.includes(result.statusCode), `${title}: status ${result.statusCode}, ${text}`);
  if (answer.data !== undefined) assert.deepEqual(JSON.parse(text), answer.data, title);
  for (const name of answer.names ?? [])
    assert.ok(text.includes(name), `${title}: the answer does not name ${name}: ${text}`);
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    assert.equal(headerOf(result, name), value, `${title}: ${name}`);
  if (answer.status[0] < 300)
    assert.match(headerOf(result, 'content-type') ?? '', /^application\/json/, `${title}: content-type`);
}

function headerOf({ headers = {} }, wanted) {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
