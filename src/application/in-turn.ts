import { isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** Visits items one after the other, each when the one before is done; what waits for nothing costs no promise. */
export function inTurn<T>(items: Iterator<T>, visit: (item: T) => MaybePromise<void>): MaybePromise<void> {
  for (let item = items.next(); !item.done; item = items.next()) {
    const visiting = visit(item.value);
    if (isPromiseLike(visiting)) return visitRest(visiting, items, visit);
  }
}

async function visitRest<T>(first: Promise<void>, items: Iterator<T>, visit: (item: T) => MaybePromise<void>): Promise<void> {
  await first;
  for (let item = items.next(); !item.done; item = items.next()) {
    const visiting = visit(item.value);
    if (isPromiseLike(visiting)) await visiting;
  }
}

/** Visits items next to each other, at most `limit` at a time. */
export function sideBySide<T>(items: Iterable<T>, limit: number, visit: (item: T) => MaybePromise<void>): MaybePromise<void> {
  const waiting = items[Symbol.iterator]();
  const working = Array.from({ length: limit }, () => inTurn(waiting, visit)).filter(isPromiseLike);
  if (working.length > 0) return Promise.all(working).then(() => undefined);
}
