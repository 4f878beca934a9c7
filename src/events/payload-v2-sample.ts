import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { gatewayTime } from './sample-identifiers.js';
import { decodedQueryPairs } from './sample-query.js';
import type { SampleRequest } from './sample-request.js';
import { joinedValues, lowerCaseNames } from './sample-values.js';

/** What differs between the two services that send payload 2.0. */
export interface PayloadV2Variant {
  readonly rawPath: string;
  readonly accountId: string;
  /** The first label of the domain. */
  readonly domainPrefix: string;
  readonly domainName: string;
  readonly stage: string;
  readonly requestId: string;
}

/** An event of payload 2.0 with the cookies in their list; they are not in `headers` yet. */
export function samplePayloadV2(sample: SampleRequest, variant: PayloadV2Variant): APIGatewayProxyEventV2 {
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
