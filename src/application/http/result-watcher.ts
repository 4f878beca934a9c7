/** Receives what a controller method returned. */
export type ResultWatcher = (result: unknown, method: string) => void;

const WATCHER = Symbol.for('lambent.result-watcher');

// On the global object: `lambent dev` has another copy of the package than the function in its process.
const scope = globalThis as Record<symbol, ResultWatcher | undefined>;

/** Returns the watcher of this process, which only `lambent dev` has. Routes read it once, at bootstrap. */
export function resultWatcher(): ResultWatcher | undefined {
  return scope[WATCHER];
}

/** Watches the results of every application that is created from now on. */
export function watchResults(watcher: ResultWatcher | undefined): void {
  scope[WATCHER] = watcher;
}
