// Which of Lambent's rows got worse than in the figures that are committed:
//   node bench/compare.mjs [<results.json>]     bench/results/latest.json unless given
// Exits with 1 when there is one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { results, root } from './paths.mjs';

/** What two runs on one machine differ by at times, beyond the spread that each of them shows. */
const TOLERANCE = 0.05;

/** @returns rows of `after` whose better half is worse than the worse half of the same row before */
export function worseRows(before, after) {
  const known = new Map(before.rows.map((row) => [keyOf(row), row]));
  return after.rows
    .filter(isOurs)
    .map((row) => ({ row, before: known.get(keyOf(row)) }))
    .filter(({ row, before: old }) => old && best(row) > worst(old) * (1 + TOLERANCE));
}

/** Prints them, and says in the exit code whether there are any. */
export function reportWorse(after) {
  const before = committed();
  const worse = worseRows(before, after);
  for (const { row, before: old } of worse) {
    console.log(`worse: Node ${row.node}, ${row.table}, ${row.title}, ${row.participant}: ${told(old)} at ${before.commit.slice(0, 9)}, now ${told(row)}`);
  }
  if (worse.length === 0) console.log(`No row is worse than at ${before.commit.slice(0, 9)}.`);
  else process.exitCode = 1;
}

function committed() {
  try {
    return JSON.parse(execFileSync('git', ['show', 'HEAD:bench/results/latest.json'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }));
  } catch (error) {
    throw new Error('No figures are committed to compare with: run `npm run bench` and commit bench/results', { cause: error });
  }
}

function keyOf({ suite, node, case: id, participant }) {
  return [suite, node, id, participant].join(' ');
}

function isOurs({ case: id, participant }) {
  return participant.startsWith('lambent') || id === 'routes/lambent';
}

/** The quartiles of the ratio; the figure itself, where there is nothing to compare it with. */
function best({ low, value }) {
  return low ?? value;
}

function worst({ high, value }) {
  return high ?? value;
}

function told({ ratio, low, high, value, unit }) {
  return ratio === undefined ? `${value} ${unit}` : `× ${ratio} (${low} to ${high})`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file = join(results, 'latest.json')] = process.argv.slice(2);
  reportWorse(JSON.parse(readFileSync(file, 'utf8')));
}
