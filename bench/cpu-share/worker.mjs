// One execution environment: starts an application, handles a first event, then more with pauses in between.
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { lambdaContext } from '../lambda-context.mjs';
import { quantile } from '../measure/statistics.mjs';

const { bundle, event, processes, since, events } = JSON.parse(process.env.INPUT);

const { handler } = await import(bundle);
const ready = performance.now();
if (since === 'first event') writeFileSync(processes, String(process.pid));

const started = performance.now();
await handler(event, lambdaContext());
const first = performance.now() - started;
const { user, system } = process.cpuUsage();

const took = [];
for (let count = 0; count < events; count++) {
  await pause(25);
  const begin = performance.now();
  await handler(event, lambdaContext());
  if (count >= events / 2) took.push(performance.now() - begin);
}
// Log lines go to stdout.
process.stderr.write(
  JSON.stringify({
    ready,
    first,
    total: ready + first,
    cpu: (user + system) / 1000,
    warm: quantile(took, 0.5),
    slow: quantile(took, 0.95),
  }),
);
