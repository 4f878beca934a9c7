import type { LatticeEventV1, LatticeEventV2, LatticeRequestContext } from '../events/http/lattice-events.js';
import {
  allValues,
  decodedQueryPairs,
  lastValues,
  lowerCaseNames,
  type RequestSample,
  sampleRequest,
} from './request.js';

/** Builds the event of VPC Lattice in structure V1: repeated headers joined, the last of repeated query parameters. */
export function sampleLatticeV1(request: RequestSample): LatticeEventV1 {
  const sample = sampleRequest(request, 'orders-0a1b2c3d4e5f67890.7d67968.vpc-lattice-svcs.us-east-1.on.aws');
  const headers = Object.entries(allValues(lowerCaseNames(sample.headers)));
  return {
    raw_path: sample.path,
    method: sample.method,
    headers: Object.fromEntries(headers.map(([name, values]) => [name, values.join(', ')])),
    query_string_parameters: lastValues(decodedQueryPairs(sample.queryString)),
    body: sample.body,
    is_base64_encoded: sample.isBase64Encoded,
  };
}

/** Builds the event of VPC Lattice in structure V2: a path with its query string, lists of headers. */
export function sampleLatticeV2(request: RequestSample): LatticeEventV2 {
  const sample = sampleRequest(request, 'orders-0a1b2c3d4e5f67890.7d67968.vpc-lattice-svcs.us-east-1.on.aws');
  const { queryString, path } = sample;
  return {
    version: '2.0',
    path: queryString === '' ? path : `${path}?${queryString}`,
    method: sample.method,
    headers: allValues(lowerCaseNames(sample.headers)),
    ...(queryString !== '' && { queryStringParameters: allValues(decodedQueryPairs(queryString)) }),
    ...(sample.body !== null && { body: sample.body, isBase64Encoded: sample.isBase64Encoded }),
    requestContext: requestContext(sample.receivedAt),
  };
}

function requestContext(receivedAt: Date): LatticeRequestContext {
  const arn = 'arn:aws:vpc-lattice:us-east-1:123456789012';
  return {
    serviceNetworkArn: `${arn}:servicenetwork/sn-0a1b2c3d4e5f67890`,
    serviceArn: `${arn}:service/svc-0a1b2c3d4e5f67890`,
    targetGroupArn: `${arn}:targetgroup/tg-0a1b2c3d4e5f67890`,
    identity: { sourceVpcArn: 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0a1b2c3d4e5f67890' },
    region: 'us-east-1',
    timeEpoch: `${receivedAt.getTime()}000`,
  };
}
