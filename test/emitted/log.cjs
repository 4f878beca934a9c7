// What the planner of these tests did: planner.ts writes it, and the end of the run prints and judges it.
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

/** The only reasons for which an application may plan in the process. */
const ALLOWED = [
  /^the test kit replaces something$/,
  /^lazy modules$/,
  /^one of many alike$/,
  /is left to the libraries|can't find again at the start/,
];

exports.begin = () => {
  process.env.LAMBENT_EMITTED_LOG = join(mkdtempSync(join(tmpdir(), 'lambent-emitted-')), 'log');
};

exports.end = () => {
  const file = process.env.LAMBENT_EMITTED_LOG;
  const reasons = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  rmSync(dirname(file), { recursive: true });
  const emitted = reasons.filter((reason) => reason === '').length;
  console.log(`${emitted} applications ran from emitted plans, ${reasons.length - emitted} planned in the process:`);
  for (const [reason, count] of counted(reasons)) console.log(`  ${count}  ${reason}`);
  const others = reasons.filter((reason) => reason !== '' && !ALLOWED.some((allowed) => allowed.test(reason)));
  if (others.length > 0) throw new Error(`Applications planned in the process for no known reason: ${others[0]}`);
};

function counted(reasons) {
  const counts = new Map();
  for (const reason of reasons.filter(Boolean)) {
    const kind = reason.replaceAll(/\d+/g, 'N');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
