// npm run bench -- [--quick] [--only warm,early,cold,scale,validation] [--contestants …] [--node 20,24] [--check]
import { reportWorse } from './compare.mjs';
import { countSamples, measure } from './measure/rounds.mjs';
import { readOptions } from './options.mjs';
import {
  buildLambent,
  bundleContestant,
  canBuild,
  commitOf,
  installPeers,
  prepareOther,
  provideRuntime,
  withCache,
} from './prepare.mjs';
import { printGoals, printRows } from './report/print.mjs';
import { startProgress } from './report/progress.mjs';
import { surroundings } from './report/surroundings.mjs';
import { writeResults } from './report/write.mjs';
import { scenarios } from './scenarios.mjs';
import { checkContestant } from './suites/check/check.mjs';
import { suites } from './suites/suites.mjs';

const options = readOptions(process.argv.slice(2));
if (options.build) buildLambent();
installPeers();
const contestants = [];
for (const contestant of await taking(options)) contestants.push(await bundleContestant(contestant));
const runtimes = options.nodes.map(provideRuntime);
const rows = [];
for (const runtime of runtimes) rows.push(...(await measureOn(runtime)));
if (rows.length === 0) throw new Error('Nothing was measured: none of the suites has such a case');
printGoals(rows);
const measured = { ...surroundings(runtimes, contestants), rows };
if (options.check) reportWorse(measured);
else if (options.results) writeResults(options.results, measured);

/** Leaves out contestants that this commit can't build, and another commit unless it was asked for. */
async function taking({ contestants: chosen, against }) {
  const commit = against && commitOf(against);
  const known = await Promise.all(chosen.map(({ build = {} }) => canBuild(build)));
  return chosen
    .filter(({ isOther }, index) => known[index] && (!isOther || commit))
    .map((one) => (one.isOther ? { ...one, title: `Lambent at ${commit}`, tree: prepareOther(commit) } : one));
}

async function measureOn(runtime) {
  for (const contestant of contestants.filter(({ sampleEvents }) => sampleEvents))
    await bundleContestant(withCache(contestant, runtime, eventsOf(contestant)));
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
  const inSuite = contestants.filter(({ suites: only }) => only?.includes(name) ?? true);
  const all = await suite.cases({ runtime, contestants: inSuite, quick: options.quick });
  const cases = all.filter(({ id }) => options.cases?.includes(id) ?? true);
  const rounds = options.rounds ?? suite.rounds[options.quick ? 'quick' : 'full'];
  const onSample = startProgress(`${name} on Node ${runtime.version}`, countSamples(cases, rounds));
  const rowsOfSuite = await measure(cases, { rounds, onSample });
  printRows(rowsOfSuite);
  return rowsOfSuite;
}

function eventsOf({ sampleEvents }) {
  return Object.fromEntries(
    scenarios.filter(({ id }) => sampleEvents.includes(id)).map(({ id, event }) => [id, event]),
  );
}
