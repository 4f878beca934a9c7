import { isObservable } from '../shared/observable.js';
import { isPromiseLike } from '../shared/promise.js';
import { BootstrapError } from './bootstrap-error.js';
import { describeValue, functionKind } from './describe-value.js';

/**
 * The error for an answer that is neither yes nor no. Only a boolean is one: whatever else is taken for a yes lets
 * somebody in, and the text 'false', a forgotten `return` and an Observable were all meant otherwise.
 *
 * @param who Whose answer it was, as in `AuthGuard.canActivate`.
 */
export function notBooleanError(answer: unknown, who: string): TypeError {
  return new TypeError(
    `${who} answered with ${describeValue(answer)}, and an answer is true or false.${advice(answer)}`,
  );
}

/**
 * An answer that has to be there at once.
 *
 * @throws TypeError for one that is neither yes nor no.
 */
export function requireBoolean(answer: unknown, who: string): boolean {
  if (answer === true || answer === false) return answer;
  throw notBooleanError(answer, who);
}

/**
 * Refuses at the start what would be refused at every event: a function that can't answer at once, or that answers by
 * a callback, as the package cors has it.
 *
 * @throws BootstrapError
 */
export function refuseAsync(asked: unknown, who: string): void {
  const mistake = asyncProblem(asked);
  if (mistake !== undefined) throw new BootstrapError(`${who} ${mistake}: it has to answer true or false at once.`);
}

/** Why a function has no answer at once; `undefined` where that can't be seen. */
export function asyncProblem(asked: unknown): string | undefined {
  if (typeof asked !== 'function') return undefined;
  const kind = functionKind(asked);
  if (kind !== '') return `is ${kind} function, and nobody waits for it`;
  return asked.length > 1 ? `takes ${asked.length} arguments, and no callback is handed over` : undefined;
}

function advice(answer: unknown): string {
  if (isObservable(answer)) {
    return ' Nobody subscribes to an Observable: return a promise of its value, as firstValueFrom(…) of rxjs gives.';
  }
  if (isPromiseLike(answer)) return ' It has to be there at once: this can be no async function.';
  return answer === undefined ? ' Is a return missing?' : '';
}
