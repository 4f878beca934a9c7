import { setImmediate } from 'node:timers/promises';
import { median } from './statistics.mjs';

/** Long enough to hold its share of garbage collections, short enough that there are many of them. Milliseconds. */
const BATCH = 10;
/** What counts as having become faster. */
const IMPROVEMENT = 0.97;
/** After how many times the asked time a warm-up ends in any case. */
const PATIENCE = 4;

/**
 * What one call takes, in µs of CPU time: the median over batches, after a time of warming up.
 *
 * CPU time, of all threads of the process, is what a Lambda function pays for with its share of a core. It also leaves
 * out whatever else the machine is doing meanwhile. On an idle machine it is the time on the clock, and what the
 * garbage collector's own threads do beside it.
 *
 * @param run calls what is measured `count` times, one after the other
 * @param options.warmUp at least; this and `options.time` in milliseconds of CPU time
 */
export async function microsecondsPerCall(run, { warmUp, time }) {
  const count = await warm(run, warmUp);
  const batches = [];
  for (const end = cpuTime() + time; cpuTime() < end || batches.length < 3;) {
    batches.push((await timed(run, count)) / count);
    // Timers and I/O have their turn, as they would between two events.
    await setImmediate();
  }
  return median(batches) * 1000;
}

/**
 * Runs for `time` at least, and then until half of it has brought nothing twice in a row: a framework has more
 * code for the compiler to work through than a function has, and is to be measured when that is done.
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
