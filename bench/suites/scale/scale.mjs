import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { yardstick } from '../../contestants.mjs';
import { runWorker } from '../../measure/child.mjs';
import { bundleSource } from '../../prepare.mjs';
import { scenarios } from '../../scenarios.mjs';

const MODULES = [1, 10, 100];
const RECORDS = [10, 1_000, 10_000];
const INVOCATIONS = [1, 10, 1_000];
const EVENTS = 100_000;

const routers = ['lambent', 'hono', 'fastify', 'nestjs'];
const graphs = ['lambent', 'nestjs'];
const consumers = ['hand-written', 'lambent', 'powertools'];

export async function scaleCases(run) {
  const bundles = new Map();
  for (const name of new Set([...routers, ...graphs, ...consumers])) bundles.set(name, await bundleApp(name));
  const setting = { ...run, bundles, timing: run.quick ? { warmUp: 200, time: 150 } : { warmUp: 1_000, time: 500 } };
  return [...routeCases(setting), ...bootstrapCases(setting), ...batchCases(setting), ...overlapCases(setting), memoryCase(setting)];
}

function bundleApp(name) {
  const isTypeScript = graphs.includes(name);
  return bundleSource(`scale-${name}`, join('scale', `${name}.${isTypeScript ? 'ts' : 'mjs'}`), name === 'lambent' ? 'lambent' : 'peers');
}

/** One case a router: what 100 and 1,000 routes cost against 10. */
function routeCases({ runtime, bundles, timing }) {
  const [smallest] = MODULES;
  return routers.map((name) => ({
    suite: 'scale',
    node: runtime.major,
    id: `routes/${name}`,
    title: `An event among many routes: ${name}`,
    unit: 'µs',
    baseline: routesOf(smallest),
    participants: MODULES.map((size) => ({
      id: routesOf(size),
      sample: () => work(runtime, 'routes', { bundle: bundles.get(name), size, timing }),
    })),
  }));
}

function routesOf(modules) {
  return `${modules * 10} routes`;
}

function bootstrapCases({ runtime, bundles }) {
  return MODULES.filter((size) => size > 1).map((size) => ({
    suite: 'scale',
    node: runtime.major,
    id: `bootstrap/${size}`,
    title: `Bootstrap, ${size} modules of 10 controllers`,
    unit: 'ms',
    baseline: 'lambent',
    participants: graphs.map((name) => ({ id: name, sample: () => work(runtime, 'bootstrap', { bundle: bundles.get(name), size }) })),
  }));
}

function batchCases({ runtime, bundles, timing }) {
  return RECORDS.map((size) => ({
    suite: 'scale',
    node: runtime.major,
    id: `batch/${size}`,
    title: `A record in a batch of ${size}`,
    unit: 'µs',
    baseline: yardstick.id,
    participants: consumers.map((name) => ({ id: name, sample: () => work(runtime, 'batch', { bundle: bundles.get(name), size, timing }) })),
  }));
}

function overlapCases({ runtime, contestants, timing }) {
  const { event } = scenarios.find(({ id }) => id === 'get');
  return INVOCATIONS.map((size) => ({
    suite: 'scale',
    node: runtime.major,
    id: `overlap/${size}`,
    title: `GET, ${size} at once`,
    unit: 'µs',
    baseline: yardstick.id,
    participants: contestants.map(({ id, bundle }) => ({ id, sample: () => work(runtime, 'overlap', { bundle, event, size, timing }) })),
  }));
}

function memoryCase({ runtime, contestants, quick }) {
  const events = scenarios.filter(({ id }) => id === 'get' || id === 'post').map(({ event }) => event);
  const count = quick ? EVENTS / 10 : EVENTS;
  return {
    suite: 'scale',
    node: runtime.major,
    baseline: yardstick.id,
    unit: 'MB',
    readings: [
      { id: 'heap/rest', title: 'Heap at rest', of: ({ rest }) => rest.heap },
      { id: 'heap/after', title: `Heap after ${count} events`, of: ({ after }) => after.heap },
      { id: 'rss/rest', title: 'Resident memory at rest', of: ({ rest }) => rest.rss },
      { id: 'rss/after', title: `Resident memory after ${count} events`, of: ({ after }) => after.rss },
    ],
    participants: contestants.map(({ id, bundle }) => ({
      id,
      sample: () => work(runtime, 'memory', { bundle, events, count }, ['--expose-gc']),
    })),
  };
}

function work({ node }, name, input, flags) {
  const worker = fileURLToPath(new URL(`${name}-worker.mjs`, import.meta.url));
  return runWorker(node, worker, { input, flags, env: { ACCESS_LOG: 'off' } });
}
