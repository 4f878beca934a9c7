import { Holdings } from './holdings.js';

/** What one event (one record, in batches) keeps its request-scoped instances in. */
export interface EventScope {
  /** Made when the first of them is: an event that needs none allocates nothing. */
  scoped: EventInstances | undefined;
}

/** The instances of one event: those that are shared in it by provider, and all that end with it. */
export class EventInstances extends Holdings {
  /** By plan, an instance or the promise of one. */
  readonly shared = new Map<object, unknown>();
}
