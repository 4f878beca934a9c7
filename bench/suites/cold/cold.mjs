// Measures a fresh process of AWS's runtime client with a Runtime API on loopback, from spawn to the first response.
import { dirname } from 'node:path';
import { startRuntimeApi } from '../../../test/runtime/runtime-api.mjs';
import { spawnRuntime } from '../../../test/runtime/runtime-process.mjs';
import { yardstick } from '../../contestants.mjs';
import { httpEvent } from '../../http-event.mjs';
import { loadedCode } from '../../measure/loaded-code.mjs';
import { bundleSource } from '../../prepare.mjs';
import { scenarios, verify } from '../../scenarios.mjs';

const order = scenarios.find(({ id }) => id === 'post');
const hello = {
  title: 'hello',
  event: httpEvent({ path: '/hello' }),
  answer: { status: [200], data: { message: 'Hello' } },
};

export async function coldCases({ runtime, contestants }) {
  const orders = {
    table: 'Cold start, order app with access log',
    prefix: '',
    scenario: order,
    applications: contestants,
  };
  const greetings = { table: 'Cold start, hello with access log', prefix: 'hello-', scenario: hello };
  return [
    ...startCases(runtime, orders),
    ...startCases(runtime, { ...greetings, applications: await bundleHello(contestants) }),
  ];
}

/** The hand-written handler and Lambent, to show what a framework's least costs. */
async function bundleHello(contestants) {
  const ours = contestants.filter(({ packages, suites }) => packages === 'lambent' && !suites);
  const applications = [];
  for (const one of [yardstick, ...ours]) {
    const bundle = await bundleSource('hello', one === yardstick ? 'hello/hand-written.mjs' : 'hello/lambent.ts', one);
    applications.push({ ...one, bundle, folder: dirname(bundle) });
  }
  return applications;
}

function startCases(runtime, { table, prefix, scenario, applications }) {
  const common = { suite: 'cold', node: runtime.major, table };
  const sampled = (sample) => applications.map((one) => ({ id: one.id, name: one.title, sample: () => sample(one) }));
  return [
    {
      ...common,
      id: `${prefix}first-answer`,
      title: 'process start to first response, ms',
      unit: 'ms',
      baseline: yardstick.id,
      participants: sampled((one) => firstAnswer(runtime, one, scenario)),
    },
    {
      ...common,
      id: `${prefix}code`,
      title: 'code loaded, minified, kB',
      unit: 'kB',
      once: true,
      participants: sampled(({ bundle, folder }) => loadedCode(runtime, { bundle, folder, event: scenario.event })),
    },
  ];
}

/** Milliseconds. */
async function firstAnswer({ node, major, clientFolder }, { folder }, scenario) {
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
