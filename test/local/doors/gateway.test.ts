import { functionUrl } from '../../../src/local/doors/function-url.js';
import { responseTimeout } from '../../../src/local/doors/gateway.js';
import { httpApiV2 } from '../../../src/local/doors/http-api.js';
import { restApi } from '../../../src/local/doors/rest-api.js';
import { TimedOut, within } from '../../../src/local/invoke/function-error.js';

afterEach(() => void jest.useRealTimers());

test.each([
  ['a REST API gives up after 29 s', restApi(), 30_000, 29_000, 504, '{"message": "Endpoint request timed out"}'],
  ['an HTTP API gives up after 30 s', httpApiV2, 30_000, 30_000, 503, '{"message":"Service Unavailable"}'],
  ['a function that is killed earlier has failed', restApi(), 5000, 5000, 502, '{"message": "Internal server error"}'],
  ['a Function URL waits as long as the function', functionUrl, 900_000, 900_000, 502, 'Internal Server Error'],
] as const)('%s', (_name, door, timeout, milliseconds, status, body) => {
  const { response, ...limit } = responseTimeout(door, timeout, false);
  expect([limit.milliseconds, response.status, response.body.toString()]).toEqual([milliseconds, status, body]);
});

test("a stream has the function's timeout, even through a REST API", () => {
  expect(responseTimeout(restApi(), 60_000, true).milliseconds).toBe(60_000);
});

test('work in time gives its value and leaves no timer behind', async () => {
  jest.useFakeTimers();
  expect(await within(Promise.resolve('done'), responseTimeout(httpApiV2, 1000, false))).toBe('done');
  expect(jest.getTimerCount()).toBe(0);
});

test('late work rejects with what was over', async () => {
  jest.useFakeTimers();
  const timeout = responseTimeout(restApi(), 30_000, false);
  const late = within(new Promise(() => undefined), timeout);
  const outcome = expect(late).rejects.toThrow(new TimedOut(timeout));
  await jest.advanceTimersByTimeAsync(29_000);
  await outcome;
});

test('a timeout that is longer than a timer can be is not over at once', async () => {
  const soon = new Promise((resolve) => setTimeout(() => resolve('done'), 20));
  expect(await within(soon, responseTimeout(functionUrl, Number.POSITIVE_INFINITY, false))).toBe('done');
});
