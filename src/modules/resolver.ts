import type { Constructor, MaybePromise } from '../shared/types.js';
import type { EventScope } from './event-scope.js';

/** How to come by a provider's instance: it is there already, or an event's scope is asked for it. */
export type Provided<T = unknown, S extends EventScope = EventScope> = Declared &
  ({ readonly instance: T; readonly resolve?: undefined } | { resolve(scope: S): MaybePromise<T> });

interface Declared {
  /** The class that the provider was declared by, whatever took its place; a factory under another token has none. */
  readonly type?: Constructor | undefined;
}

/** The instance for this event; costs nothing for a singleton. */
export function provide<T, S extends EventScope>(provided: Provided<T, S>, scope: S): MaybePromise<T> {
  return provided.resolve === undefined ? provided.instance : provided.resolve(scope);
}
