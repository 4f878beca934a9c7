import { fileURLToPath } from 'node:url';
import { yardstick } from '../../contestants.mjs';
import { runWorker } from '../../measure/child.mjs';
import { bundleSource } from '../../prepare.mjs';
import { scenarios } from '../../scenarios.mjs';
import { bundleGraphs, MODULES, startCases } from './start.mjs';

const RECORDS = [10, 1_000, 10_000];
const INVOCATIONS = [1, 10, 1_000];
const EVENTS = 100_000;

// Below `contestants/`. Routers export `start(size)`, consumers `handler`.
const routers = [
  { id: 'hono', title: 'Hono', source: 'routes/hono.mjs', packages: 'peers' },
  { id: 'fastify', title: 'Fastify', source: 'routes/fastify.mjs', packages: 'peers' },
];
const consumers = [
  { id: 'powertools-sync', title: 'Powertools, synchronous', source: 'batch/powertools-sync.mjs', packages: 'peers' },
  { id: 'powertools', title: 'Powertools, asynchronous', source: 'batch/powertools.mjs', packages: 'peers' },
];

export async function scaleCases(run) {
  const graphs = await bundleGraphs(run);
  // A code cache is for starts.
  const contestants = run.contestants.filter(({ sampleEvents }) => !sampleEvents);
  const timing = run.quick ? { warmUp: 160, time: 100 } : { warmUp: 1_000, time: 500 };
  const setting = { ...run, contestants, graphs, timing, work };
  return [
    ...(await routeCases(setting)),
    ...startCases(setting),
    ...(await batchCases(setting)),
    ...overlapCases(setting),
    memoryCase(setting),
  ];
}

/** One case per router: the cost of 100 and 1,000 routes relative to 10. */
async function routeCases({ runtime, graphs, timing }) {
  const [smallest] = MODULES;
  const fromGraphs = graphs
    .filter(({ id }) => id === 'lambent' || id === 'nestjs')
    .map(({ id, name, bundles }) => ({ id, name, bundleOf: (size) => bundles.get(size) }));
  const others = await bundled('routes', routers);
  const all = [...fromGraphs, ...others.map(({ id, name, bundle }) => ({ id, name, bundleOf: () => bundle }))];
  return all.map(({ id, name, bundleOf }) => ({
    suite: 'scale',
    node: runtime.major,
    table: 'Routes, µs per event',
    id: `routes/${id}`,
    title: name,
    unit: 'µs',
    baseline: routesOf(smallest),
    participants: MODULES.map((size) => ({
      id: routesOf(size),
      name: routesOf(size),
      sample: () => work(runtime, 'routes', { bundle: bundleOf(size), size, timing }),
    })),
  }));
}

function routesOf(modules) {
  return `${modules * 10} routes`;
}

/** Lambent's consumers with a synchronous and an asynchronous method, beside the processors of both kinds. */
async function batchCases({ runtime, contestants, timing }) {
  const ours = contestants
    .filter(({ packages }) => packages === 'lambent')
    .flatMap((one) => [
      { ...one, source: 'batch/lambent.ts' },
      { ...one, id: `${one.id}/async`, title: `${one.title}, asynchronous`, source: 'batch/lambent-async.ts' },
    ]);
  const all = await bundled('batch', [{ ...yardstick, source: 'batch/hand-written.mjs' }, ...ours, ...consumers]);
  return RECORDS.map((size) => ({
    suite: 'scale',
    node: runtime.major,
    table: 'SQS batches, µs per record',
    id: `batch/${size}`,
    title: `${size} records`,
    unit: 'µs',
    baseline: yardstick.id,
    participants: all.map(({ id, name, bundle }) => ({
      id,
      name,
      sample: () => work(runtime, 'batch', { bundle, size, timing }),
    })),
  }));
}

async function bundled(part, sources) {
  const all = [];
  for (const one of sources) {
    all.push({ id: one.id, name: one.title, bundle: await bundleSource(part, one.source, one) });
  }
  return all;
}

function overlapCases({ runtime, contestants, timing }) {
  const { event } = scenarios.find(({ id }) => id === 'get');
  return INVOCATIONS.map((size) => ({
    suite: 'scale',
    node: runtime.major,
    table: 'Concurrent invocations, µs per GET',
    id: `overlap/${size}`,
    title: `${size} concurrent`,
    unit: 'µs',
    baseline: yardstick.id,
    participants: contestants.map(({ id, title: name, bundle }) => ({
      id,
      name,
      sample: () => work(runtime, 'overlap', { bundle, event, size, timing }),
    })),
  }));
}

function memoryCase({ runtime, contestants, quick }) {
  const events = scenarios.filter(({ id }) => id === 'get' || id === 'post').map(({ event }) => event);
  const count = quick ? EVENTS / 10 : EVENTS;
  return {
    suite: 'scale',
    node: runtime.major,
    table: `Memory, MB, at rest and after ${count} events`,
    id: 'memory',
    unit: 'MB',
    baseline: yardstick.id,
    readings: [
      { id: 'heap/rest', title: 'heap at rest', of: ({ rest }) => rest.heap },
      { id: 'heap/after', title: 'heap after', of: ({ after }) => after.heap },
      { id: 'rss/rest', title: 'resident at rest', of: ({ rest }) => rest.rss },
      { id: 'rss/after', title: 'resident after', of: ({ after }) => after.rss },
    ],
    participants: contestants.map(({ id, title: name, bundle }) => ({
      id,
      name,
      sample: () => work(runtime, 'memory', { bundle, events, count }, ['--expose-gc']),
    })),
  };
}

function work({ node }, name, input, flags) {
  const worker = fileURLToPath(new URL(`${name}-worker.mjs`, import.meta.url));
  return runWorker(node, worker, { input, flags, env: { ACCESS_LOG: 'off' } });
}
