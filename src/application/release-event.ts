import type { Logger } from '../contracts/logger.js';
import { releaseScope } from '../modules/release-scope.js';
import { attempt, chain, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { EventContext } from './event-context.js';

/**
 * Ends an event: disposes of what was made for it, within its time. Its outcome stands, whatever that comes to. Where its time is over and its
 * handler goes on, that has what was made for it until its own end: a connection must not go to the next event while this one still uses it.
 */
export function releaseEvent(context: EventContext, logger: Logger): MaybePromise<void> {
  // Most events have nothing made for them, and need no closures either.
  if (context.scoped === undefined) return context.end();
  const failed = (error: unknown): void => logger.error('Disposing of what was made for the event failed', { error });
  const release = (): MaybePromise<void> => attempt(() => releaseScope(context, failed), failed);
  if (context.work && context.deadline.isOver) {
    void context.work.then(release, release);
    return context.end();
  }
  const released = release();
  if (!isPromiseLike(released)) return context.end();
  return chain(attempt(() => context.deadline.race(released), failed), () => context.end());
}
