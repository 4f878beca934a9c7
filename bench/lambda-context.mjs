const LIFETIME = 30_000;

/** Returns the context that the runtime client passes to a handler. */
export function lambdaContext(awsRequestId = '8476a536-e9f4-11e8-9739-2dfe598c3fcd') {
  const end = Date.now() + LIFETIME;
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'orders',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:orders',
    logGroupName: '/aws/lambda/orders',
    logStreamName: '2026/03/02/[$LATEST]0123456789abcdef0123456789abcdef',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => end - Date.now(),
  };
}
