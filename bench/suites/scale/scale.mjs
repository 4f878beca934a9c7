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

// Below `contestants/scale/`; each exports `start(size)`, `consume()` or both.
const handWritten = { id: 'hand-written', name: 'hand-written', file: 'hand-written.mjs', packages: 'peers' };
const lambent = { id: 'lambent', name: 'Lambent', file: 'lambent.ts', packages: 'lambent' };
const hono = { id: 'hono', name: 'Hono', file: 'hono.mjs', packages: 'peers' };
const fastify = { id: 'fastify', name: 'Fastify', file: 'fastify.mjs', packages: 'peers' };
const nestjs = { id: 'nestjs', name: 'NestJS, Express', file: 'nestjs.ts', packages: 'peers' };
const powertools = { id: 'powertools', name: 'Powertools', file: 'powertools.mjs', packages: 'peers' };

const routers = [lambent, hono, fastify, nestjs];
const graphs = [lambent, nestjs];
const consumers = [handWritten, lambent, powertools];

export async function scaleCases(run) {
  const bundles = new Map();
  for (const { id, file, packages } of new Set([...routers, ...graphs, ...consumers])) {
    bundles.set(id, await bundleSource(`scale-${id}`, join('scale', file), packages));
  }
  const setting = { ...run, bundles, timing: run.quick ? { warmUp: 160, time: 100 } : { warmUp: 1_000, time: 500 } };
  return [
    ...routeCases(setting),
    ...bootstrapCases(setting),
    ...batchCases(setting),
    ...overlapCases(setting),
    memoryCase(setting),
  ];
}

/** One case per router: the cost of 100 and 1,000 routes relative to 10. */
function routeCases({ runtime, bundles, timing }) {
  const [smallest] = MODULES;
  return routers.map(({ id, name }) => ({
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
      sample: () => work(runtime, 'routes', { bundle: bundles.get(id), size, timing }),
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
    table: 'Bootstrap, ms',
    id: `bootstrap/${size}`,
    title: `${size} modules of 10 controllers`,
    unit: 'ms',
    baseline: nestjs.id,
    participants: graphs.map(({ id, name }) => ({
      id,
      name,
      sample: () => work(runtime, 'bootstrap', { bundle: bundles.get(id), size }),
    })),
  }));
}

function batchCases({ runtime, bundles, timing }) {
  return RECORDS.map((size) => ({
    suite: 'scale',
    node: runtime.major,
    table: 'SQS batches, µs per record',
    id: `batch/${size}`,
    title: `${size} records`,
    unit: 'µs',
    baseline: yardstick.id,
    participants: consumers.map(({ id, name }) => ({
      id,
      name,
      sample: () => work(runtime, 'batch', { bundle: bundles.get(id), size, timing }),
    })),
  }));
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
