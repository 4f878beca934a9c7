// Measures the first events of a fresh process, in which V8 has optimised nothing yet.
import { fileURLToPath } from 'node:url';
import { yardstick } from '../../contestants.mjs';
import { runWorker } from '../../measure/child.mjs';
import { scenarios } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));
const MIX = ['get', 'post', 'post-invalid', 'unknown-path'];
const COUNTS = [1_000, 10_000];
const TABLE = 'First events of a process, µs per event, without logs';
const MEMORY_TABLE = 'First events of a process, resident memory in MB';

/** Events of the four kinds in turn; the same processes give the time and the memory. */
export function earlyCases({ runtime, contestants }) {
  const events = MIX.map((id) => scenarios.find((scenario) => scenario.id === id).event);
  const times = COUNTS.map((count, index) => ({
    id: `early/${count}`,
    title: `first ${count.toLocaleString('en')} events`,
    of: (sample) => sample[index].microseconds,
  }));
  const memory = COUNTS.map((count, index) => ({
    id: `early-memory/${count}`,
    title: `after ${count.toLocaleString('en')} events`,
    table: MEMORY_TABLE,
    unit: 'MB',
    of: (sample) => sample[index].resident,
  }));
  return [
    {
      suite: 'early',
      node: runtime.major,
      table: TABLE,
      id: 'early',
      unit: 'µs',
      baseline: yardstick.id,
      readings: [...times, ...memory],
      participants: contestants.map(({ id, title: name, bundle }) => ({
        id,
        name,
        sample: () =>
          runWorker(runtime.node, worker, { input: { bundle, events, counts: COUNTS }, env: { ACCESS_LOG: 'off' } }),
      })),
    },
  ];
}
