// Measures how long applications of many modules take to start, as bundles of the same generated sources.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { httpEvent } from '../../http-event.mjs';
import { runWorker } from '../../measure/child.mjs';
import { loadedCode } from '../../measure/loaded-code.mjs';
import { root } from '../../paths.mjs';
import { bundleFile, withCache } from '../../prepare.mjs';
import { writeModuleGraph } from './module-graph.mjs';

export const MODULES = [1, 10, 100];

const nestjs = { id: 'nestjs', title: 'NestJS, Express', packages: 'peers', framework: '@nestjs/common' };
const worker = fileURLToPath(new URL('start-worker.mjs', import.meta.url));
const event = httpEvent({ path: '/c0/items/42' });

/** @returns `{ id, name, bundles }` for Lambent in each way it takes part, and NestJS; `bundles` by their modules */
export async function bundleGraphs({ runtime, contestants }) {
  const ours = contestants
    .filter(({ packages }) => packages === 'lambent')
    .map((one) => (one.sampleEvents ? withCache(one, runtime, { c0: event }) : one));
  const graphs = [];
  for (const one of [...ours.map((contestant) => ({ ...contestant, framework: 'lambent' })), nestjs]) {
    const bundles = new Map();
    for (const size of MODULES) bundles.set(size, await bundleGraph(one, size));
    graphs.push({ id: one.id, name: one.title, bundles });
  }
  return graphs;
}

/** The sources are in the tree of the contestant, because that is where they find its Lambent. */
function bundleGraph(contestant, size) {
  const { framework, tree = root } = contestant;
  const folder = join(tree, 'bench/.built/sources', `${contestant.id}-${size}`);
  return bundleFile(`start-${size}`, writeModuleGraph(folder, framework, size), contestant);
}

export function startCases({ runtime, graphs }) {
  const sizes = MODULES.filter((size) => size > 1);
  const common = { suite: 'scale', node: runtime.major };
  const started = sizes.map((size) => ({
    ...common,
    table: 'Start of a bundle, import to first response, ms',
    id: `start/${size}`,
    title: `${size} modules of 10 controllers`,
    unit: 'ms',
    baseline: nestjs.id,
    participants: graphs.map(({ id, name, bundles }) => ({
      id,
      name,
      sample: () => runWorker(runtime.node, worker, { input: { bundle: bundles.get(size) } }),
    })),
  }));
  const loaded = sizes.map((size) => ({
    ...common,
    table: 'Start of a bundle, code loaded, kB',
    id: `start-code/${size}`,
    title: `${size} modules of 10 controllers`,
    unit: 'kB',
    once: true,
    participants: graphs.map(({ id, name, bundles }) => ({
      id,
      name,
      sample: () => {
        const bundle = bundles.get(size);
        return loadedCode(runtime, { bundle, folder: dirname(bundle), event });
      },
    })),
  }));
  return [...started, ...loaded];
}
