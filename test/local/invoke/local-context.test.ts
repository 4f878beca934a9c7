import { localContext } from '../../../src/local/invoke/local-context.js';

afterEach(() => void jest.useRealTimers());

test('the remaining time runs down from the timeout, and past it', () => {
  jest.useFakeTimers({ now: 0 });
  const context = localContext({ timeout: 3000 });
  expect(context.getRemainingTimeInMillis()).toBe(3000);
  jest.advanceTimersByTime(1200);
  expect(context.getRemainingTimeInMillis()).toBe(1800);
  jest.advanceTimersByTime(2000);
  expect(context.getRemainingTimeInMillis()).toBe(-200);
});

test('every invocation has a request id of its own', () => {
  const ids = new Set(Array.from({ length: 100 }, () => localContext({ timeout: 1 }).awsRequestId));
  expect(ids.size).toBe(100);
});

test("names are in Lambda's forms", () => {
  jest.useFakeTimers({ now: Date.UTC(2026, 0, 2) });
  const context = localContext({ timeout: 1, functionName: 'orders', memory: 512 });
  expect(context).toMatchObject({
    functionName: 'orders',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
    memoryLimitInMB: '512',
    logGroupName: '/aws/lambda/orders',
    logStreamName: expect.stringMatching(/^2026\/01\/02\/\[\$LATEST\][\da-f]{32}$/),
  });
});

test('the callbacks of old runtimes say what to do instead', () => {
  const context = localContext({ timeout: 1 });
  expect(() => context.done()).toThrow('return a promise');
});
