// Handles the first events of this process, one after the other, from the JSON text to the JSON text. Reports µs of CPU
// time per event, and the resident memory in MB, after each of `counts` events. Loading the bundle is not part of it,
// what the first events load and compile is.
import { lambdaContext } from '../../lambda-context.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, events, counts } = readInput();
const { handler } = await import(bundle);
const texts = events.map((event) => JSON.stringify(event));
const samples = [];
let written = 0;
const started = cpuTime();
for (let index = 0; index < counts.at(-1); index++) {
  const result = await handler(JSON.parse(texts[index % texts.length]), lambdaContext());
  written += JSON.stringify(result).length;
  // Lets timers and I/O run, as between two events.
  if (index % 100 === 99) await new Promise(setImmediate);
  if (counts.includes(index + 1)) samples.push(sampleAfter(index + 1));
}
if (written === 0) throw new Error('Nothing was answered');
report(samples);

function sampleAfter(count) {
  return { microseconds: (cpuTime() - started) / count, resident: process.memoryUsage.rss() / 2 ** 20 };
}

/** Microseconds of all threads, the compiler's and the garbage collector's included. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
