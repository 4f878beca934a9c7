import { setImmediate } from 'node:timers/promises';
import { median } from './statistics.mjs';

/** Long enough for the clock, short enough that a disturbance spoils few of them. Milliseconds. */
const BATCH = 10;

/**
 * How long one call takes, in µs: the median over batches, after a time of warming up.
 *
 * @param run calls what is measured `count` times, one after the other
 * @param options.warmUp and `options.time`: milliseconds
 */
export async function microsecondsPerCall(run, { warmUp, time }) {
  const count = await warm(run, warmUp);
  const batches = [];
  for (const end = performance.now() + time; performance.now() < end || batches.length < 3; ) {
    batches.push((await timed(run, count)) / count);
    // Timers and I/O have their turn, as they would between two events.
    await setImmediate();
  }
  return median(batches) * 1000;
}

/** @returns how many calls fill a batch */
async function warm(run, warmUp) {
  let count = 1;
  for (const end = performance.now() + warmUp; performance.now() < end; ) {
    const took = await timed(run, count);
    count = Math.max(1, Math.min(count * 2, Math.ceil((count * BATCH) / Math.max(took, 0.001))));
    await setImmediate();
  }
  return count;
}

async function timed(run, count) {
  const started = performance.now();
  await run(count);
  return performance.now() - started;
}
