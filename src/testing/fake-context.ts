import { randomUUID } from 'node:crypto';
import type { Context as LambdaContext } from 'aws-lambda';
import { anything, checkCallOptions } from '../errors/check-options.js';

/** What `fakeContext` takes, and `inject` beside a request. */
export interface FakeContextOptions {
  /** Milliseconds the invocation has left when it starts; 30,000 unless given. They count down. */
  remainingTime?: number;
}

/** A Lambda context for tests. */
export function fakeContext(options: FakeContextOptions = {}): LambdaContext {
  checkCallOptions(options, { remainingTime: anything }, 'the options of fakeContext');
  const { remainingTime = 30_000 } = options;
  const end = Date.now() + remainingTime;
  return {
    awsRequestId: randomUUID(),
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:test',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/test',
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, end - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
