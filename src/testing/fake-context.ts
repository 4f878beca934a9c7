import { randomUUID } from 'node:crypto';
import type { Context as LambdaContext } from 'aws-lambda';
import { anything, checkCallOptions } from '../errors/check-options.js';

/** Options of `fakeContext`, and of `inject` beside the request. */
export interface FakeContextOptions {
  /** Milliseconds that the invocation has left, counting down from now. Defaults to 30,000. */
  remainingTime?: number;
}

/** Returns a Lambda context for tests. */
export function fakeContext(options: FakeContextOptions = {}): LambdaContext {
  checkCallOptions(options, { remainingTime: anything }, 'the options of fakeContext');
  const { remainingTime = 30_000 } = options;
  const deadline = Date.now() + remainingTime;
  return {
    awsRequestId: randomUUID(),
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:test',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/test',
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
