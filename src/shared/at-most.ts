import { LONGEST_DELAY } from './longest-delay.js';

/**
 * Waits for work, but no longer than for so many milliseconds; the work goes on all the same.
 *
 * @param late gives, or throws, what there is instead when they are over; that is `undefined` unless given.
 */
export async function atMost<T, L = undefined>(milliseconds: number, work: Promise<T>, late?: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_DELAY));
  });
  try {
    return await Promise.race([work, over.then(late) as Promise<L>]);
  } finally {
    clearTimeout(timer);
  }
}
