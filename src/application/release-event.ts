import type { Logger } from '../contracts/logger.js';
import type { EventScope } from '../modules/event-scope.js';
import { releaseScope } from '../modules/release-scope.js';
import { isPromiseLike } from '../shared/promise.js';

/** Disposes of what was made for an event; its outcome stands, whatever that comes to. `undefined` when all is done. */
export function releaseEvent(scope: EventScope, logger: Logger): Promise<void> | undefined {
  if (scope.scoped === undefined) return undefined;
  const report = (error: unknown) => logger.error('Disposing of what was made for the event failed', { error });
  try {
    const released = releaseScope(scope);
    return isPromiseLike(released) ? released.then(undefined, report) : undefined;
  } catch (error) {
    report(error);
    return undefined;
  }
}
