// npm run bench -- [--quick] [--only warm,cold,scale,validation] [--contestants …] [--node 20,24] [--check]
import { readOptions } from './options.mjs';
import { buildLambent, bundleContestant, installPeers, provideRuntime } from './prepare.mjs';
import { measure } from './measure/rounds.mjs';
import { printRows } from './report/print.mjs';
import { checkContestant } from './suites/check/check.mjs';
import { warmCases } from './suites/warm/warm.mjs';

const QUICK_ROUNDS = 3;
const ROUNDS = 5;

const options = readOptions(process.argv.slice(2));
if (options.build) buildLambent();
installPeers();
const contestants = await Promise.all(options.contestants.map(bundleContestant));
for (const major of options.nodes) {
  const runtime = provideRuntime(major);
  for (const contestant of contestants) await checkContestant(runtime, contestant);
  console.log(`Node ${runtime.version}: the answers of all ${contestants.length} contestants are as they should be.`);
  const cases = warmCases({ runtime, contestants, quick: options.quick });
  printRows(await measure(cases, { rounds: options.rounds ?? (options.quick ? QUICK_ROUNDS : ROUNDS) }));
}
