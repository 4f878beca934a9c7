import { isObservable } from '../shared/observable.js';
import { isPromiseLike } from '../shared/promise.js';
import { abandonPromises } from '../shared/promises-within.js';
import { BootstrapError } from './bootstrap-error.js';

/**
 * The error for an answer that is neither yes nor no. Only a boolean is one: whatever else is taken for a yes lets
 * somebody in, and the text 'false', a forgotten `return` and an Observable were all meant otherwise.
 *
 * @param who Whose answer it was, as in `AuthGuard.canActivate`.
 */
export function neitherYesNorNo(answer: unknown, who: string): TypeError {
  return new TypeError(`${who} answered with ${described(answer)}, and an answer is true or false.${advice(answer)}`);
}

/**
 * An answer that has to be there at once.
 *
 * @throws TypeError for one that is neither yes nor no.
 */
export function yesOrNo(answer: unknown, who: string): boolean {
  if (answer === true || answer === false) return answer;
  throw neitherYesNorNo(answer, who);
}

/**
 * Refuses at the start what would be refused at every event: a function that can't answer at once, or that answers by
 * a callback, as the package cors has it.
 *
 * @throws BootstrapError
 */
export function refuseAsync(asked: unknown, who: string): void {
  const mistake = lateAnswer(asked);
  if (mistake !== undefined) throw new BootstrapError(`${who} ${mistake}: it has to answer true or false at once.`);
}

/** Why a function has no answer at once; `undefined` where that can't be seen. */
export function lateAnswer(asked: unknown): string | undefined {
  if (typeof asked !== 'function') return undefined;
  const kind = functionKind(asked);
  if (kind !== '') return `is ${kind} function, and nobody waits for it`;
  return asked.length > 1 ? `takes ${asked.length} arguments, and no callback is handed over` : undefined;
}

/** `an async`, `a generator` …; told by the tag: of another realm, such as a test's, it is an instance of nothing that is known here. */
export function functionKind(value: unknown): string {
  const [, async, generator] = /^\[object (Async)?(Generator)?Function\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  if (generator) return async ? 'an async generator' : 'a generator';
  return async ? 'an async' : '';
}

/** What a refused value is, for a message. What it says stays out: it may be a secret; and nobody awaits it any more. */
export function described(value: unknown): string {
  abandonPromises(value);
  if (isObservable(value)) return 'an Observable';
  if (isPromiseLike(value)) return 'a promise';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `an object${ofClass(value)}`;
  if (typeof value === 'string') return value === 'true' || value === 'false' ? `the text '${value}'` : 'a text';
  return String(value);
}

function ofClass(value: object): string {
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  return constructor === undefined || constructor === Object || typeof constructor.name !== 'string'
    ? ''
    : ` of the class ${constructor.name}`;
}

function advice(answer: unknown): string {
  if (isObservable(answer)) {
    return ' Nobody subscribes to an Observable: return a promise of its value, as firstValueFrom(…) of rxjs gives.';
  }
  if (isPromiseLike(answer)) return ' It has to be there at once: this can be no async function.';
  return answer === undefined ? ' Is a return missing?' : '';
}
