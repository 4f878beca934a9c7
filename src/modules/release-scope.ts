import type { MaybePromise } from '../shared/types.js';
import { throwCollected } from './disposal.js';
import type { EventScope } from './event-scope.js';
import type { Report } from './holdings.js';

/**
 * Disposes of what was made for one event, the last first; costs nothing where there is nothing to dispose of.
 *
 * @param report Told of what goes wrong with what was still being made.
 * @param patience Milliseconds to wait for that.
 * @throws The error of a disposal, after all of them were tried; an AggregateError of several.
 */
export function releaseScope({ scoped }: EventScope, report: Report, patience?: number): MaybePromise<void> {
  if (scoped === undefined || scoped.isOver || scoped.isEmpty) return;
  // The event's own time is the limit.
  return release(scoped.end(report, patience, Infinity));
}

async function release(ended: Promise<Error[]>): Promise<void> {
  throwCollected(await ended, 'releasing what was made for an event');
}
