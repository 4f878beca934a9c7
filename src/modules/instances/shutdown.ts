import { atMost } from '../../shared/promise.js';

/** Milliseconds for which what may never come to its end is waited for. */
export const PATIENCE = 1000;

/** How an application is brought to its end. */
export interface Shutdown {
  /** What ended it, such as `SIGTERM`. */
  readonly signal?: string | undefined;
  /**
   * Milliseconds for each hook, each disposal and each resource: what takes longer is left behind, so that the others
   * have their turn.
   */
  readonly patience: number;
}

/**
 * Whoever sends a signal waits for two seconds at most, and ends the process then; a program waits as long as it takes.
 */
export function shutdownBy(signal: string | undefined): Shutdown {
  return { signal, patience: signal === undefined ? Infinity : PATIENCE };
}

/** An attempt that has failed: who waits for it is to be told why. */
export const GIVING_UP: Shutdown = { patience: PATIENCE };

/** @throws Error when `step` takes longer than `patience`. */
export async function endWithin(patience: number, step: unknown): Promise<unknown> {
  if (patience === Infinity) return step;
  return atMost(patience, Promise.resolve(step), () => {
    throw new Error(`Not done within ${patience} ms, and left behind`);
  });
}
