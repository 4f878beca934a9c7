import type { Logger } from '../contracts/logger.js';
import type { EventScope } from '../modules/event-scope.js';
import { releaseScope } from '../modules/release-scope.js';
import { attempt } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** Disposes of what was made for an event; its outcome stands, whatever that comes to. */
export function releaseEvent(scope: EventScope, logger: Logger): MaybePromise<void> {
  // Most events have nothing made for them, and need no closures either.
  if (scope.scoped === undefined) return;
  return attempt(
    () => releaseScope(scope),
    (error) => logger.error('Disposing of what was made for the event failed', { error }),
  );
}
