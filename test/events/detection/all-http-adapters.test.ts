import { alb } from '../../../src/events/alb.js';
import { apiGatewayV1 } from '../../../src/events/api-gateway-v1.js';
import { apiGatewayV2 } from '../../../src/events/api-gateway-v2.js';
import { functionUrl } from '../../../src/events/function-url.js';
import { latticeV1, latticeV2 } from '../../../src/events/lattice.js';
import { sampleAlb } from '../../../src/samples/alb.js';
import { sampleHttpApiV1, sampleRestApi } from '../../../src/samples/api-gateway-v1.js';
import { sampleApiGatewayV2, sampleFunctionUrl } from '../../../src/samples/api-gateway-v2.js';
import { sampleLatticeV1, sampleLatticeV2 } from '../../../src/samples/lattice.js';
import { describeEventAdapter, type EventAdapterSubject } from '../../contracts/event-adapter.js';

interface Result {
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
}

/** The lines by lower-case name that a gateway with both maps sends. */
function headersOf(result: unknown): Record<string, string[]> {
  const { headers = {}, multiValueHeaders = {} } = result as Result;
  const lines: Record<string, string[]> = {};
  for (const [name, value] of [...Object.entries(headers), ...Object.entries(multiValueHeaders)]) {
    (lines[name.toLowerCase()] ??= []).push(...[value].flat());
  }
  return lines;
}

function cookieHeadersOf(result: unknown): string[] {
  return headersOf(result)['set-cookie'] ?? [];
}

function listedCookiesOf(result: unknown): string[] {
  return (result as Result).cookies ?? [];
}

const payloadV1 = {
  adapter: apiGatewayV1,
  repeatedHeaders: 'apart',
  repeatedQuery: 'all',
  decodesPath: false,
  decodesQuery: true,
  hasRequestId: true,
  responseLimit: 6_291_456,
  cookiesOf: cookieHeadersOf,
  headersOf,
} as const;

const payloadV2 = {
  repeatedHeaders: 'joined',
  repeatedQuery: 'all',
  decodesQuery: false,
  hasRequestId: true,
  responseLimit: 6_291_456,
  cookiesOf: listedCookiesOf,
  headersOf,
} as const;

const loadBalancer = {
  adapter: alb,
  decodesPath: false,
  decodesQuery: false,
  hasRequestId: false,
  responseLimit: 1_048_576,
  cookiesOf: cookieHeadersOf,
  headersOf,
} as const;

const lattice = {
  decodesPath: false,
  hasRequestId: false,
  responseLimit: 6_291_456,
  cookiesOf: cookieHeadersOf,
  headersOf,
} as const;

const subjects: EventAdapterSubject[] = [
  { name: 'a REST API', sample: sampleRestApi, ...payloadV1 },
  { name: 'an HTTP API with payload 1.0', sample: sampleHttpApiV1, ...payloadV1 },
  {
    name: 'an HTTP API with payload 2.0',
    adapter: apiGatewayV2,
    sample: sampleApiGatewayV2,
    decodesPath: true,
    ...payloadV2,
  },
  { name: 'a Function URL', adapter: functionUrl, sample: sampleFunctionUrl, decodesPath: false, ...payloadV2 },
  {
    name: 'a load balancer',
    sample: (request) => sampleAlb(request),
    repeatedHeaders: 'last',
    repeatedQuery: 'last',
    ...loadBalancer,
  },
  {
    name: 'a load balancer with multi-value headers',
    sample: (request) => sampleAlb(request, { multiValue: true }),
    repeatedHeaders: 'apart',
    repeatedQuery: 'all',
    ...loadBalancer,
  },
  {
    name: 'VPC Lattice with events V1',
    adapter: latticeV1,
    sample: sampleLatticeV1,
    repeatedHeaders: 'joined with spaces',
    repeatedQuery: 'last',
    decodesQuery: true,
    ...lattice,
  },
  {
    name: 'VPC Lattice with events V2',
    adapter: latticeV2,
    sample: sampleLatticeV2,
    repeatedHeaders: 'apart',
    repeatedQuery: 'all',
    decodesQuery: false,
    ...lattice,
  },
];

subjects.forEach(describeEventAdapter);
