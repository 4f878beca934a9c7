/**
 * Refuses an `Observable` as a result: nobody subscribes, so that its work would not be done at all.
 *
 * @returns the result.
 * @throws TypeError
 */
export function refuseObservable<T>(result: T): T {
  const { subscribe, pipe } = (result ?? {}) as { readonly subscribe?: unknown; readonly pipe?: unknown };
  if (typeof subscribe !== 'function' || typeof pipe !== 'function') return result;
  throw new TypeError('An Observable was returned, to which nobody subscribes: return a promise of its value, as firstValueFrom(…) of rxjs gives.');
}
