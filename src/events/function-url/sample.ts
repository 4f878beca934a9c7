import { randomUUID } from 'node:crypto';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { RequestSample } from '../../contracts/http-event-adapter.js';
import { samplePayloadV2 } from '../payload-v2-sample.js';
import { sampleRequest } from '../sample-request.js';

/** The event of a Function URL: like payload 2.0, with an encoded path and the cookies in the header too. */
export function sampleFunctionUrl(request: RequestSample): LambdaFunctionURLEvent {
  const domainPrefix = 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6';
  const domainName = `${domainPrefix}.lambda-url.us-east-1.on.aws`;
  const sample = sampleRequest(request, domainName);
  const event = samplePayloadV2(sample, {
    rawPath: sample.path,
    accountId: 'anonymous',
    domainPrefix,
    domainName,
    stage: '$default',
    requestId: randomUUID(),
  });
  if (event.cookies) event.headers['cookie'] = event.cookies.join('; ');
  return event;
}
