import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { RequestSample } from '../../contracts/http-event-adapter.js';
import { samplePayloadV2 } from '../payload-v2-sample.js';
import { decodePath } from '../sample-decoding.js';
import { shortRequestId } from '../sample-identifiers.js';
import { sampleRequest } from '../sample-request.js';

/** The event of an HTTP API with payload 2.0: a decoded path that carries a named stage, joined headers, listed cookies. */
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
