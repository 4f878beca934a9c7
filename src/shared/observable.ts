/** Whether a value is an `Observable` of RxJS or a similar library, which does nothing until it is subscribed to. */
export function isObservable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { subscribe, pipe } = value as { readonly subscribe?: unknown; readonly pipe?: unknown };
  // A method `subscribe` alone is not enough: stores and topics have one, too.
  return typeof subscribe === 'function' && (typeof pipe === 'function' || marks().some((mark) => mark in value));
}

/** The keys by which libraries recognize observables. `Symbol.observable` exists only with a polyfill. */
function marks(): (string | symbol)[] {
  const { observable } = Symbol as { readonly observable?: symbol };
  return observable === undefined ? ['@@observable'] : ['@@observable', observable];
}

/**
 * Refuses an `Observable` as a result. Without a subscription, its work would never be done.
 *
 * @param who The method that returned it, as in `TrimPipe.transform`.
 * @returns The result, when it is not an `Observable`.
 * @throws TypeError
 */
export function refuseObservable<T>(result: T, who?: string): T {
  if (!isObservable(result)) return result;
  const returned = who === undefined ? 'An Observable was returned' : `${who} returned an Observable`;
  const advice = 'return a promise of its value, as firstValueFrom(…) of rxjs gives';
  throw new TypeError(`${returned}, which nothing subscribes to: ${advice}.`);
}
