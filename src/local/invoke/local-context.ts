import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { anything, checkCallOptions, numberAbove, text } from '../../errors/check-options.js';

/** Options of `localContext`. */
export interface LocalContextOptions {
  /** The function's timeout in milliseconds, counting from now. */
  timeout: number;
  /** Defaults to `local`. */
  functionName?: string;
  /** Defaults to a new UUID. */
  requestId?: string;
  /** The function's memory in MB. Defaults to 1024. */
  memory?: number;
}

/** Returns the context of one invocation, as the Lambda runtime makes it. Its remaining time counts down. */
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
  throw new Error('Lambda has no callbacks since Node.js 24: return a promise');
}
