import type { ALBEvent } from 'aws-lambda';
import { allValues, lastValues, lowerCaseNames, rawQueryPairs, type RequestSample, sampleRequest } from './request.js';

export interface AlbSampleOptions {
  /** The attribute `lambda.multi_value_headers.enabled` of the target group. Default: off. */
  multiValue?: boolean;
}

/**
 * Builds the event of an Application Load Balancer: lower-case names, the query not decoded, `''` for no body. Without
 * multi-value headers, only the last of repeated values arrives.
 */
export function sampleAlb(request: RequestSample, { multiValue = false }: AlbSampleOptions = {}): ALBEvent {
  const sample = sampleRequest(request, 'lambda-alb-1234567890.us-east-1.elb.amazonaws.com');
  const headers = lowerCaseNames(sample.headers);
  const query = rawQueryPairs(sample.queryString);
  return {
    requestContext: {
      elb: {
        targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda/49e9d65c45c6791a',
      },
    },
    httpMethod: sample.method,
    path: sample.path,
    ...(multiValue
      ? { multiValueQueryStringParameters: allValues(query), multiValueHeaders: allValues(headers) }
      : { queryStringParameters: lastValues(query), headers: lastValues(headers) }),
    body: sample.body ?? '',
    isBase64Encoded: sample.isBase64Encoded,
  };
}
