import type { Logger } from '../contracts/logger.js';
import { releaseScope } from '../modules/release-scope.js';
import { attempt, chain, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { EventContext } from './event-context.js';

/** Ends an event: disposes of what was made for it, within its time. Its outcome stands, whatever that comes to. */
export function releaseEvent(context: EventContext, logger: Logger): MaybePromise<void> {
  // Most events have nothing made for them, and need no closures either.
  if (context.scoped === undefined) return context.end();
  const failed = (error: unknown): void => logger.error('Disposing of what was made for the event failed', { error });
  // What was too slow for the event is not waited for again.
  const patience = context.isOutOfTime ? 0 : undefined;
  const released = attempt(() => releaseScope(context, failed, patience), failed);
  if (!isPromiseLike(released)) return context.end();
  return chain(attempt(() => context.deadline.race(released), failed), () => context.end());
}
