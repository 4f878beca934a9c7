// Measures a fresh process of AWS's runtime client with a Runtime API on loopback, from spawn to the first response.
import { fileURLToPath } from 'node:url';
import { startRuntimeApi } from '../../../test/runtime/runtime-api.mjs';
import { spawnRuntime } from '../../../test/runtime/runtime-process.mjs';
import { yardstick } from '../../contestants.mjs';
import { runWorker } from '../../measure/child.mjs';
import { scenarios, verify } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('size-worker.mjs', import.meta.url));
const scenario = scenarios.find(({ id }) => id === 'post');

export function coldCases({ runtime, contestants }) {
  const common = { suite: 'cold', node: runtime.major };
  return [
    {
      ...common,
      id: 'first-answer',
      table: 'Cold start, order app with access log',
      title: 'process start to first response, ms',
      unit: 'ms',
      baseline: yardstick.id,
      participants: contestants.map((contestant) => ({
        id: contestant.id,
        name: contestant.title,
        sample: () => firstAnswer(runtime, contestant),
      })),
    },
    {
      ...common,
      id: 'code',
      table: 'Cold start, order app with access log',
      title: 'code loaded, minified, kB',
      unit: 'kB',
      once: true,
      participants: contestants.map((contestant) => ({
        id: contestant.id,
        name: contestant.title,
        sample: () => loadedCode(runtime, contestant),
      })),
    },
  ];
}

/** Milliseconds. */
async function firstAnswer({ node, major, clientFolder }, { folder }) {
  const api = await startRuntimeApi();
  try {
    const started = performance.now();
    const env = { ACCESS_LOG: 'on', NODE_ENV: 'production' };
    const lambda = spawnRuntime({
      node,
      major,
      client: clientFolder,
      taskRoot: folder,
      handler: 'index.handler',
      apiPort: api.port,
      env,
    });
    lambda.exited.then((exit) => api.end({ kind: 'exit', ...exit, stderr: lambda.stderr }));
    const answer = await api.invoke(scenario.event);
    const took = performance.now() - started;
    await lambda.kill('SIGKILL');
    if (answer.kind !== 'response') throw new Error(`${folder} gave no answer: ${JSON.stringify(answer)}`);
    verify(scenario, answer.payload);
    return took;
  } finally {
    await api.close();
  }
}

function loadedCode({ node }, { bundle, folder }) {
  return runWorker(node, worker, { input: { bundle, folder, event: scenario.event }, env: { ACCESS_LOG: 'on' } });
}
