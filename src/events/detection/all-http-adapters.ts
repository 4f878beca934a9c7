import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { alb } from '../alb.js';
import { mayBeRequest } from '../http/event-shapes.js';
import { latticeV1, latticeV2 } from '../lattice.js';
import { gatewayAdapters } from './eager-http-adapters.js';

/**
 * Every HTTP source, the most common first: the first whose `detect` accepts the event gets it.
 *
 * To add a source, write `events/<source>.ts` (detect, decode, encode), add it here, let `events/detect-http-source.ts`
 * load it for its events, and write a sample event in `samples/<source>.ts`, which `testing/events.ts` offers to tests.
 * `test/events/every-source.test.ts` fails until then.
 */
export const httpAdapters: readonly HttpEventAdapter[] = [...gatewayAdapters, alb, latticeV2, latticeV1];

/** Returns the HTTP source of an event, or `undefined` for every other event and value. */
export function detectHttpAdapter(event: unknown): HttpEventAdapter | undefined {
  return mayBeRequest(event) ? httpAdapters.find((adapter) => adapter.detect(event)) : undefined;
}
