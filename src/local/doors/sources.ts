import { BootstrapError } from '../../errors/bootstrap-error.js';
import { sampleAlb } from '../../samples/alb.js';
import { sampleHttpApiV1, sampleRestApi } from '../../samples/api-gateway-v1.js';
import { sampleApiGatewayV2, sampleFunctionUrl } from '../../samples/api-gateway-v2.js';
import type { RequestSample } from '../../samples/request.js';
import type { FrontDoor } from './front-door.js';
import { functionUrl } from './function-url.js';
import { httpApiV1, httpApiV2 } from './http-api.js';
import { loadBalancer } from './load-balancer.js';
import { restApi } from './rest-api.js';

/** The HTTP services that the emulator supports. */
export type Source = 'v2' | 'v1' | 'http-v1' | 'function-url' | 'alb' | 'alb-multi';

/** The two sides of an emulated service: making an event of a request, and a response of a result. */
export interface EmulatedSource {
  sample(request: RequestSample): object;
  /** @param binaryMediaTypes The setting of a REST API. */
  open(binaryMediaTypes?: readonly string[]): FrontDoor;
}

export const SOURCES: Readonly<Record<Source, EmulatedSource>> = {
  v2: { sample: sampleApiGatewayV2, open: () => httpApiV2 },
  v1: { sample: sampleRestApi, open: restApi },
  'http-v1': { sample: sampleHttpApiV1, open: () => httpApiV1 },
  'function-url': { sample: sampleFunctionUrl, open: () => functionUrl },
  alb: { sample: (request) => sampleAlb(request), open: () => loadBalancer(false) },
  'alb-multi': { sample: (request) => sampleAlb(request, { multiValue: true }), open: () => loadBalancer(true) },
};

export const SOURCE_NAMES = Object.keys(SOURCES) as readonly Source[];

/** @throws BootstrapError when there is no source of that name. */
export function sourceNamed(name: string): Source {
  const source = SOURCE_NAMES.find((known) => known === name);
  if (source !== undefined) return source;
  throw new BootstrapError(`There is no source "${name}"; the sources are ${SOURCE_NAMES.join(', ')}.`);
}
