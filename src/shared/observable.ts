/**
 * Refuses an `Observable` as a result: nobody subscribes, so that its work would not be done at all.
 *
 * @returns the result.
 * @throws TypeError
 */
export function refuseObservable<T>(result: T): T {
  if (typeof result !== 'object' || result === null || !isObservable(result)) return result;
  throw new TypeError('An Observable was returned, to which nobody subscribes: return a promise of its value, as firstValueFrom(…) of rxjs gives.');
}

function isObservable(value: { readonly subscribe?: unknown; readonly pipe?: unknown }): boolean {
  return typeof value.subscribe === 'function' && typeof value.pipe === 'function';
}
