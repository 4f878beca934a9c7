// npm run bench -- [--quick] [--only warm,cold,scale,validation] [--contestants …] [--node 20,24] [--check]
import { reportWorse } from './compare.mjs';
import { countSamples, measure } from './measure/rounds.mjs';
import { readOptions } from './options.mjs';
import { buildLambent, bundleContestant, installPeers, provideRuntime } from './prepare.mjs';
import { printRows } from './report/print.mjs';
import { startProgress } from './report/progress.mjs';
import { surroundings } from './report/surroundings.mjs';
import { writeResults } from './report/write.mjs';
import { checkContestant } from './suites/check/check.mjs';
import { suites } from './suites/suites.mjs';

const options = readOptions(process.argv.slice(2));
if (options.build) buildLambent();
installPeers();
const contestants = [];
for (const contestant of options.contestants) contestants.push(await bundleContestant(contestant));
const runtimes = options.nodes.map(provideRuntime);
const rows = [];
for (const runtime of runtimes) rows.push(...(await measureOn(runtime)));
if (rows.length === 0) throw new Error('Nothing was measured: none of the suites has such a case');
const measured = { ...surroundings(runtimes, contestants), rows };
if (options.check) reportWorse(measured);
else if (options.results) writeResults(options.results, measured);

async function measureOn(runtime) {
  for (const contestant of contestants) await checkContestant(runtime, contestant);
  console.log(`Node ${runtime.version}: ${contestants.length} contestants answer as they should.`);
  const rowsHere = [];
  for (const name of options.only) rowsHere.push(...(await measureSuite(name, runtime)));
  return rowsHere;
}

async function measureSuite(name, runtime) {
  const suite = suites[name];
  if (suite.needsClient && !runtime.clientFolder) {
    console.log(`${name} is left out: it needs the runtime client`);
    return [];
  }
  const taking = contestants.filter(({ suites: only }) => only?.includes(name) ?? true);
  const all = await suite.cases({ runtime, contestants: taking, quick: options.quick });
  const cases = all.filter(({ id }) => options.cases?.includes(id) ?? true);
  const rounds = options.rounds ?? suite.rounds[options.quick ? 'quick' : 'full'];
  const onSample = startProgress(`${name} on Node ${runtime.version}`, countSamples(cases, rounds));
  const rowsOfSuite = await measure(cases, { rounds, onSample });
  printRows(rowsOfSuite);
  return rowsOfSuite;
}
