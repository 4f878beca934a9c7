import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { onDemand } from '../../shared/on-demand.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise, PlainObject } from '../../shared/types.js';
import { isAlbEvent, isLatticeV1, isLatticeV2, mayBeRequest } from '../http/event-shapes.js';
import { gatewayAdapters } from './eager-http-adapters.js';

/** The adapter of an event's source, or the promise of one that has to be loaded. */
export type HttpSource = MaybePromise<HttpEventAdapter>;

const adapters = onDemand(() => import('./all-http-adapters.js'));

/**
 * Returns the HTTP source of an event, or `undefined` for every other event and value, as `detectHttpAdapter` does.
 *
 * Only API Gateway and Function URLs are there from the start. A function behind a load balancer or VPC Lattice loads
 * its adapter with its first event.
 */
export function detectHttpSource(event: unknown): HttpSource | undefined {
  if (!mayBeRequest(event)) return undefined;
  for (let index = 0; index < gatewayAdapters.length; index++) {
    const adapter = gatewayAdapters[index] as HttpEventAdapter;
    if (adapter.detect(event)) return adapter;
  }
  return loadSource(event);
}

function loadSource(event: PlainObject): HttpSource | undefined {
  if (!isAlbEvent(event) && !isLatticeV2(event) && !isLatticeV1(event)) return undefined;
  return chain(adapters(), ({ detectHttpAdapter }) => detectHttpAdapter(event) as HttpEventAdapter);
}
