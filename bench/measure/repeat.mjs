import { setImmediate } from 'node:timers/promises';
import { median } from './statistics.mjs';

/** Milliseconds of a batch: long enough for its share of garbage collections, short enough for many batches. */
const BATCH = 10;
/** The change that counts as an improvement. */
const IMPROVEMENT = 0.97;
/** The limit of a warm-up, as a multiple of its requested time. */
const PATIENCE = 4;

/**
 * Returns the µs of CPU time of one call: the median over batches, after a warm-up.
 *
 * A Lambda function pays with its share of a core for the CPU time of all threads of the process. CPU time also
 * excludes other load on the machine. On an idle machine it is the wall-clock time plus the work of the garbage
 * collector's threads.
 *
 * @param run calls what is measured `count` times, one after the other
 * @param options.warmUp at least; this and `options.time` in milliseconds of CPU time
 */
export async function microsecondsPerCall(run, { warmUp, time }) {
  const count = await warm(run, warmUp);
  const batches = [];
  for (const end = cpuTime() + time; cpuTime() < end || batches.length < 3;) {
    batches.push((await timed(run, count)) / count);
    // Lets timers and I/O run, as between two events.
    await setImmediate();
  }
  return median(batches) * 1000;
}

/**
 * Runs for at least `time`, and then until half of it has brought no improvement twice in a row. A framework has more
 * code to compile than a function, and is measured after that.
 *
 * @returns how many calls fill a batch
 */
async function warm(run, time) {
  const started = cpuTime();
  let count = 1;
  let best = Number.POSITIVE_INFINITY;
  for (let idle = 0; idle < 2 || cpuTime() - started < time;) {
    const batches = [];
    for (const end = cpuTime() + time / 2; cpuTime() < end; await setImmediate()) {
      const took = await timed(run, count);
      batches.push(took / count);
      count = Math.max(1, Math.min(count * 2, Math.ceil((count * BATCH) / Math.max(took, 0.001))));
    }
    const reached = median(batches);
    idle = reached < best * IMPROVEMENT ? 0 : idle + 1;
    best = Math.min(best, reached);
    if (cpuTime() - started > time * PATIENCE) break;
  }
  return count;
}

async function timed(run, count) {
  const started = cpuTime();
  await run(count);
  return cpuTime() - started;
}

/** Milliseconds. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
