import type { RequestSample } from '../../contracts/http-event-adapter.js';
import { decodedQueryPairs } from '../sample-query.js';
import { sampleRequest } from '../sample-request.js';
import { allValues, lastValues, lowerCaseNames } from '../sample-values.js';
import type { LatticeEventV1 } from './detect.js';

/** The event of VPC Lattice in structure V1: repeated headers joined, of a repeated query parameter the last value. */
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
