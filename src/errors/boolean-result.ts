import { isObservable } from '../shared/observable.js';
import { isPromiseLike } from '../shared/promise.js';
import { BootstrapError } from './bootstrap-error.js';
import { describeValue, functionKind } from './describe-value.js';

/**
 * Checks the result of a function that has to return `true` or `false` synchronously.
 *
 * @throws TypeError for any other result.
 */
export function requireBoolean(result: unknown, who: string): boolean {
  if (result === true || result === false) return result;
  throw notBooleanError(result, who);
}

/**
 * Makes the error for a result that is not a boolean. Truthy values don't count as `true`: the string 'false', a
 * forgotten `return` and an Observable were all meant otherwise, and one that counts as `true` lets somebody in.
 *
 * @param who Names the function, as in `AuthGuard.canActivate`.
 */
export function notBooleanError(result: unknown, who: string): TypeError {
  return new TypeError(`${who} returned ${describeValue(result)}; it must return true or false.${advice(result)}`);
}

function advice(result: unknown): string {
  if (isObservable(result)) {
    return ' Observables are not subscribed to: return a promise, for example firstValueFrom(…) of rxjs.';
  }
  if (isPromiseLike(result)) return ' It must not be async.';
  return result === undefined ? ' Is a return missing?' : '';
}

/**
 * Refuses at bootstrap what would fail for every event: a function that is async, or that takes a callback, as the
 * package cors has it.
 *
 * @throws BootstrapError
 */
export function refuseAsync(value: unknown, who: string): void {
  const problem = asyncProblem(value);
  if (problem !== undefined) throw new BootstrapError(`${who} ${problem}: it must return true or false synchronously.`);
}

/** Describes why a function can't return its result synchronously; `undefined` if that can't be seen. */
export function asyncProblem(value: unknown): string | undefined {
  if (typeof value !== 'function') return undefined;
  const kind = functionKind(value);
  if (kind !== '') return `is ${kind} function, which is not awaited`;
  return value.length > 1 ? `takes ${value.length} arguments, but gets no callback` : undefined;
}
