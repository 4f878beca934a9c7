// Measures what memory sizes do to cold starts and events, through the share of a processor that comes with them.
//
//   npm run build && sudo node bench/cpu-share/run.mjs [--rounds 20] [--events 60]
//
// Needs Linux, and the right to make control groups. Prints a table of ratios to a whole processor; see docs/sizing.md.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { bench, built } from '../paths.mjs';
import { scenarios } from '../scenarios.mjs';
import { controlGroup } from './control-group.mjs';

const MB_OF_ONE = 1769;
const SIZES = [128, 256, 512, 1024, MB_OF_ONE, 3008];
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, events: { type: 'string', default: '60' } },
});

const folder = join(built, 'cpu-share');
await bundle(join(bench, 'contestants/lambent/index.ts'), folder, { packages: 'lambent' });
const application = pathToFileURL(join(folder, 'index.mjs')).href;
const { event } = scenarios.find(({ id }) => id === 'post');

const samples = new Map(SIZES.map((size) => [size, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const size of SIZES) samples.get(size).push(measure(size));
}
print();

function measure(size) {
  const start = run(size, 'start', Number(values.events));
  const { first } = run(size, 'first event', 0);
  return { ...start, firstAlone: first };
}

function run(size, since, events) {
  const group = controlGroup(size / MB_OF_ONE);
  const input = { bundle: application, event, processes: group.processes, since, events };
  const env = { ...process.env, ACCESS_LOG: 'on', NODE_ENV: 'production', INPUT: JSON.stringify(input) };
  const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));
  // A cold start includes the start of Node, so the shell joins the group and then becomes Node.
  const joining = since === 'start' ? 'echo $$ > "$0" && ' : '';
  const command = ['-c', `${joining}exec "$1" "$2"`, group.processes, process.execPath, worker];
  const { stderr, status } = spawnSync('/bin/sh', command, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  group.remove();
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stderr);
}

/** Returns the fastest round of each figure, because other load on the machine only makes it slower. */
function fastest(size, key) {
  return Math.min(...samples.get(size).map((sample) => sample[key]));
}

function ratio(size, key) {
  return fastest(MB_OF_ONE, key) === 0 ? '' : `x${(fastest(size, key) / fastest(MB_OF_ONE, key)).toFixed(1)}`;
}

function print() {
  const rows = SIZES.map((size) => ({
    MB: size,
    share: `${Math.round((size / MB_OF_ONE) * 100)} %`,
    'start and first event': ratio(size, 'total'),
    'first event alone': ratio(size, 'firstAlone'),
    'event, warm': ratio(size, 'warm'),
    ms: ['total', 'cpu', 'firstAlone', 'warm', 'slow'].map((key) => fastest(size, key).toFixed(2)).join(' '),
  }));
  console.log(`Node ${process.versions.node}, ${values.rounds} rounds`);
  console.table(rows);
}
