/** Is told of what a method has returned. */
export type ResultWatcher = (result: unknown, method: string) => void;

const WATCHER = Symbol.for('lambent.result-watcher');

// On the global object, for the process of `lambent dev` has another copy of the package than the function in it.
const scope = globalThis as Record<symbol, ResultWatcher | undefined>;

/** Who watches results in this process: `lambent dev`, elsewhere nobody. Routes ask once, at bootstrap. */
export function resultWatcher(): ResultWatcher | undefined {
  return scope[WATCHER];
}

/** Has all results told that methods of applications return which are made from now on. */
export function watchResults(watcher: ResultWatcher | undefined): void {
  scope[WATCHER] = watcher;
}
