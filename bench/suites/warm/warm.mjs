import { fileURLToPath } from 'node:url';
import { yardstick } from '../../contestants.mjs';
import { runWorker } from '../../measure/child.mjs';
import { scenarios } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

/** µs per event, without logs and with the access log of each contestant: the cases of `measure`. */
export function warmCases({ runtime, contestants, quick }) {
  const timing = quick ? { warmUp: 160, time: 100 } : { warmUp: 1_000, time: 500 };
  return ['off', 'on'].flatMap((log) =>
    scenarios.map(({ id, title, event }) => ({
      suite: 'warm',
      node: runtime.major,
      table: `Warm, µs per event, ${log === 'on' ? 'with access log' : 'without logs'}`,
      id: log === 'on' ? `${id}+log` : id,
      title,
      unit: 'µs',
      baseline: yardstick.id,
      participants: contestants.map((contestant) => ({
        id: contestant.id,
        name: contestant.title,
        sample: () =>
          runWorker(runtime.node, worker, {
            input: { bundle: contestant.bundle, event, timing },
            env: { ACCESS_LOG: log },
          }),
      })),
    })),
  );
}
