import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HeaderPair } from '../http/request/request-source.js';
import {
  allValues,
  decodedQueryPairs,
  decodePath,
  gatewayTime,
  lastValues,
  lowerCaseNames,
  type RequestSample,
  sampleRequest,
  type SampleRequest,
  shortRequestId,
} from './request.js';

const API_ID = 'a1b2c3d4e5';
const DOMAIN = `${API_ID}.execute-api.us-east-1.amazonaws.com`;

/** The differences between the two kinds of API that send payload 1.0. */
interface PayloadV1Variant {
  readonly headers: readonly HeaderPair[];
  readonly resource: string;
  readonly path: string;
  readonly contextPath: string;
  readonly pathParameters: Record<string, string> | null;
  readonly stage: string;
  readonly requestId: string;
  readonly resourceId: string | null;
}

/**
 * Builds the event of a REST API with a `{proxy+}` resource: an encoded path without the stage, header names as the
 * client spelled them.
 */
export function sampleRestApi(request: RequestSample): APIGatewayProxyEvent {
  const sample = sampleRequest(request, DOMAIN);
  const { path } = sample;
  const stage = request.stage ?? 'prod';
  return samplePayloadV1(sample, {
    headers: sample.headers.filter(([name]) => name.toLowerCase() !== 'content-length'),
    resource: path === '/' ? '/' : '/{proxy+}',
    path,
    contextPath: `/${stage}${path}`,
    pathParameters: path === '/' ? null : { proxy: path.slice(1) },
    stage,
    requestId: randomUUID(),
    resourceId: 'r1e2s3',
  });
}

/** Builds the payload 1.0 event of an HTTP API's `$default` route: lower-case names, a named stage in the path. */
export function sampleHttpApiV1(request: RequestSample): APIGatewayProxyEvent & { version: string } {
  const sample = sampleRequest(request, DOMAIN);
  const stage = request.stage ?? '$default';
  const path = stage === '$default' ? sample.path : `/${stage}${sample.path}`;
  const event = samplePayloadV1(sample, {
    headers: lowerCaseNames(sample.headers),
    resource: '$default',
    path,
    contextPath: decodePath(path),
    pathParameters: null,
    stage,
    requestId: shortRequestId(),
    resourceId: null,
  });
  return { version: '1.0', ...event };
}

function samplePayloadV1(sample: SampleRequest, variant: PayloadV1Variant): APIGatewayProxyEvent {
  const query = decodedQueryPairs(sample.queryString);
  return {
    resource: variant.resource,
    path: variant.path,
    httpMethod: sample.method,
    headers: lastValues(variant.headers),
    multiValueHeaders: allValues(variant.headers),
    queryStringParameters: query.length > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? allValues(query) : null,
    pathParameters: variant.pathParameters,
    stageVariables: null,
    requestContext: requestContext(sample, variant),
    body: sample.body,
    isBase64Encoded: sample.isBase64Encoded,
  };
}

function requestContext(sample: SampleRequest, variant: PayloadV1Variant): APIGatewayProxyEvent['requestContext'] {
  return {
    // HTTP APIs have no resource, so AWS sends null; the published type covers REST APIs only.
    resourceId: variant.resourceId as string,
    resourcePath: variant.resource,
    httpMethod: sample.method,
    extendedRequestId: shortRequestId(),
    requestTime: gatewayTime(sample.receivedAt),
    path: variant.contextPath,
    accountId: '123456789012',
    protocol: 'HTTP/1.1',
    stage: variant.stage,
    domainPrefix: API_ID,
    requestTimeEpoch: sample.receivedAt.getTime(),
    requestId: variant.requestId,
    identity: identity(sample),
    domainName: DOMAIN,
    apiId: API_ID,
    authorizer: undefined,
  };
}

function identity({ ip, userAgent }: SampleRequest): APIGatewayProxyEvent['requestContext']['identity'] {
  return {
    cognitoIdentityPoolId: null,
    accountId: null,
    cognitoIdentityId: null,
    caller: null,
    apiKey: null,
    apiKeyId: null,
    sourceIp: ip,
    principalOrgId: null,
    accessKey: null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: null,
    userAgent,
    user: null,
    clientCert: null,
  };
}
