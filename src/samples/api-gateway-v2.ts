import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, LambdaFunctionURLEvent } from 'aws-lambda';
import {
  decodedQueryPairs,
  decodePath,
  gatewayTime,
  joinedValues,
  lowerCaseNames,
  type RequestSample,
  sampleRequest,
  type SampleRequest,
  shortRequestId,
} from './request.js';

/**
 * Builds the payload 2.0 event of an HTTP API: a decoded path with a named stage, joined headers, cookies in a list.
 */
export function sampleApiGatewayV2(request: RequestSample): APIGatewayProxyEventV2 {
  const domainPrefix = 'a1b2c3d4e5';
  const domainName = `${domainPrefix}.execute-api.us-east-1.amazonaws.com`;
  const stage = request.stage ?? '$default';
  const sample = sampleRequest(request, domainName);
  const path = decodePath(sample.path);
  return samplePayloadV2(sample, {
    rawPath: stage === '$default' ? path : `/${stage}${path}`,
    accountId: '123456789012',
    domainPrefix,
    domainName,
    stage,
    requestId: shortRequestId(),
  });
}

/** Builds the event of a Function URL: payload 2.0 with an encoded path, and the cookies in the header too. */
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

/** The differences between the two services that send payload 2.0. */
interface PayloadV2Variant {
  readonly rawPath: string;
  readonly accountId: string;
  /** The first label of the domain. */
  readonly domainPrefix: string;
  readonly domainName: string;
  readonly stage: string;
  readonly requestId: string;
}

/** Builds a payload 2.0 event with the cookies in their list, not in `headers`. */
function samplePayloadV2(sample: SampleRequest, variant: PayloadV2Variant): APIGatewayProxyEventV2 {
  const cookies = sampleCookies(sample);
  const query = decodedQueryPairs(sample.queryString);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: variant.rawPath,
    rawQueryString: sample.queryString,
    ...(cookies.length > 0 && { cookies }),
    headers: joinedValues(lowerCaseNames(sample.headers).filter(([name]) => name !== 'cookie')),
    ...(query.length > 0 && { queryStringParameters: joinedValues(query) }),
    requestContext: requestContext(sample, variant),
    ...(sample.body !== null && { body: sample.body }),
    isBase64Encoded: sample.isBase64Encoded,
  };
}

function requestContext(sample: SampleRequest, variant: PayloadV2Variant): APIGatewayProxyEventV2['requestContext'] {
  const { rawPath, ...gateway } = variant;
  return {
    ...gateway,
    apiId: variant.domainPrefix,
    http: {
      method: sample.method,
      path: rawPath,
      protocol: 'HTTP/1.1',
      sourceIp: sample.ip,
      userAgent: sample.userAgent ?? '',
    },
    routeKey: '$default',
    time: gatewayTime(sample.receivedAt),
    timeEpoch: sample.receivedAt.getTime(),
  };
}

function sampleCookies({ headers }: SampleRequest): string[] {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'cookie');
  return lines.flatMap(([, line]) => line.split(/;\s*/).filter((cookie) => cookie !== ''));
}
