/** Whether somebody would have to subscribe to a value to have anything of it: an `Observable` of rxjs or the like. */
export function isObservable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { subscribe, pipe } = value as { readonly subscribe?: unknown; readonly pipe?: unknown };
  // A store or a topic of one's own may well have a method `subscribe`, and is none.
  return typeof subscribe === 'function' && (typeof pipe === 'function' || marks().some((mark) => mark in value));
}

/** What libraries know each other's observables by; `Symbol.observable` is there where a polyfill was loaded. */
function marks(): (string | symbol)[] {
  const { observable } = Symbol as { readonly observable?: symbol };
  return observable === undefined ? ['@@observable'] : ['@@observable', observable];
}

/**
 * Refuses an `Observable` as a result: nobody subscribes, so that its work would not be done at all.
 *
 * @param who Whose result it is, as in `TrimPipe.transform`.
 * @returns the result.
 * @throws TypeError
 */
export function refuseObservable<T>(result: T, who?: string): T {
  if (typeof result !== 'object' || !isObservable(result)) return result;
  const returned = who === undefined ? 'An Observable was returned' : `${who} returned an Observable`;
  const advice = 'return a promise of its value, as firstValueFrom(…) of rxjs gives';
  throw new TypeError(`${returned}, to which nobody subscribes: ${advice}.`);
}
