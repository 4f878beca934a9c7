import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { anything, checkCallOptions, numberAbove, text } from '../../errors/check-options.js';

/** What `localContext` takes. */
export interface LocalContextOptions {
  /** Milliseconds from now to the function's timeout. */
  timeout: number;
  functionName?: string;
  /** A new one unless given. */
  requestId?: string;
  /** MB. */
  memory?: number;
}

/** The context of one invocation, as the Node.js runtime makes it, with a remaining time that runs down. */
export function localContext(options: LocalContextOptions): Context {
  checkCallOptions(
    options,
    { timeout: anything, functionName: text, requestId: text, memory: numberAbove(0, 'MB') },
    'the options of localContext',
  );
  const { timeout, functionName = 'local', requestId = randomUUID(), memory = 1024 } = options;
  const deadline = Date.now() + timeout;
  const stream = randomUUID().replaceAll('-', '');
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
    memoryLimitInMB: String(memory),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${stream}`,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    done: refuseCallback,
    fail: refuseCallback,
    succeed: refuseCallback,
  };
}

function refuseCallback(): never {
  throw new Error('Lambda has no callbacks from Node.js 24 on: return a promise');
}
