import { callFunction } from '../../../src/local/invoke/call-function.js';
import type { LambdaHandler } from '../../../src/local/invoke/handler-target.js';

type Callback = (error: unknown, result?: unknown) => void;

const call = (handler: unknown) => callFunction(handler as LambdaHandler, '{"id":1}', { timeout: 3000 });

test('a result is passed on as JSON, also one that is no promise', async () => {
  expect(await call(async (event: object) => event)).toBe('{"id":1}');
  expect(await call((event: object) => event)).toBe('{"id":1}');
  expect(await call(() => undefined)).toBe('null');
});

test.each([
  ['at once', (_event: object, _context: object, callback: Callback) => callback(null, 'sent')],
  ['later', (_event: object, _context: object, callback: Callback) => void setImmediate(callback, null, 'sent')],
])('a handler that calls back %s is refused, because its result would be lost', async (_when, handler) => {
  await expect(call(handler)).rejects.toThrow('The handler takes a callback, and returned no promise.');
});

test('a handler that could call back may return a promise', async () => {
  expect(await call(async (event: object, _context: object, _callback: Callback) => event)).toBe('{"id":1}');
});
