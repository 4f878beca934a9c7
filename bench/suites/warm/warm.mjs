import { fileURLToPath } from 'node:url';
import { yardstick } from '../../contestants.mjs';
import { runWorker } from '../../measure/child.mjs';
import { scenarios } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

/** µs an event, without logs and with each one's access log: the cases of `measure`. */
export function warmCases({ runtime, contestants, quick }) {
  const timing = quick ? { warmUp: 300, time: 150 } : { warmUp: 1500, time: 500 };
  return ['off', 'on'].flatMap((log) =>
    scenarios.map(({ id, title, event }) => ({
      suite: 'warm',
      node: runtime.major,
      id: log === 'on' ? `${id}+log` : id,
      title: log === 'on' ? `${title}, with log` : title,
      unit: 'µs',
      baseline: yardstick.id,
      participants: contestants.map((contestant) => ({
        id: contestant.id,
        sample: () => runWorker(runtime.node, worker, { input: { bundle: contestant.bundle, event, timing }, env: { ACCESS_LOG: log } }),
      })),
    })),
  );
}
