import { functionUrl } from '../../../src/local/doors/function-url.js';
import { functionLimit, timeLimit } from '../../../src/local/doors/gateway.js';
import { httpApiV2 } from '../../../src/local/doors/http-api.js';
import { restApi } from '../../../src/local/doors/rest-api.js';
import { TimeLimitExceeded, within } from '../../../src/local/invoke/call-function.js';

afterEach(() => void jest.useRealTimers());

test.each([
  ['a REST API gives up after 29 s', restApi(), 30_000, 29_000, 504, '{"message": "Endpoint request timed out"}'],
  ['an HTTP API gives up after 30 s', httpApiV2, 30_000, 30_000, 503, '{"message":"Service Unavailable"}'],
  ['a function that is killed earlier has failed', restApi(), 5000, 5000, 502, '{"message": "Internal server error"}'],
  ['a Function URL waits as long as the function', functionUrl, 900_000, 900_000, 502, 'Internal Server Error'],
] as const)('%s', (_name, door, timeout, milliseconds, status, body) => {
  const limit = timeLimit(door, timeout);
  expect({ milliseconds: limit.milliseconds, status: limit.answer.status, body: limit.answer.body.toString() }).toEqual(
    {
      milliseconds,
      status,
      body,
    },
  );
});

test("a stream has the function's timeout, even through a REST API", () => {
  expect(functionLimit(restApi(), 60_000).milliseconds).toBe(60_000);
});

test('work in time gives its value and leaves no timer behind', async () => {
  jest.useFakeTimers();
  expect(await within(Promise.resolve('done'), timeLimit(httpApiV2, 1000))).toBe('done');
  expect(jest.getTimerCount()).toBe(0);
});

test('late work rejects with what was over', async () => {
  jest.useFakeTimers();
  const late = within(new Promise(() => undefined), timeLimit(restApi(), 30_000));
  const outcome = expect(late).rejects.toThrow(new TimeLimitExceeded(timeLimit(restApi(), 30_000)));
  await jest.advanceTimersByTimeAsync(29_000);
  await outcome;
});

test('a limit that is longer than a timer can be is not over at once', async () => {
  const soon = new Promise((resolve) => setTimeout(() => resolve('done'), 20));
  expect(await within(soon, timeLimit(functionUrl, Number.POSITIVE_INFINITY))).toBe('done');
});
