import { setTimeout as pause } from 'node:timers/promises';

/**
 * Milliseconds between two looks, and how many there are. They are counted, for a busy machine takes longer over each.
 */
const BETWEEN = 15;
const LOOKS = 1500;

/** Waits until something is the case. A test that waits for so many milliseconds instead loses on a busy machine. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  shown: () => string = () => '',
): Promise<NonNullable<T>> {
  for (let look = 0; look < LOOKS; look++) {
    const answer = await ask();
    if (answer) return answer as NonNullable<T>;
    await pause(BETWEEN);
  }
  throw new Error(`It did not come to: ${what} ${shown()}`);
}
