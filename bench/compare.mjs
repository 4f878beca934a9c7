// Compares Lambent's rows with the committed figures, and prints those that got worse:
//   node bench/compare.mjs [<results.json>]     bench/results/latest.json unless given
// Exits with 1 if there are any.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { results, root } from './paths.mjs';

/** The difference between two runs on one machine, beyond the spread within each run. */
const TOLERANCE = 0.05;

/** Returns Lambent's rows that are in both: `{ row, old }`. */
export function comparableRows(before, after) {
  const known = new Map(before.rows.map((row) => [keyOf(row), row]));
  const pairs = after.rows.filter(isOurs).map((row) => ({ row, old: known.get(keyOf(row)) }));
  return pairs.filter(({ old }) => old !== undefined);
}

/** A row got worse when its better quartile is above the previous worse quartile. */
export function isWorse({ row, old }) {
  return best(row) > worst(old) * (1 + TOLERANCE);
}

/** Prints the rows and sets the exit code. */
export function reportWorse(after) {
  const before = committed();
  const at = before.commit.slice(0, 9);
  const pairs = comparableRows(before, after);
  if (pairs.length === 0)
    throw new Error(`None of these rows was measured at ${at}, so that there is nothing to compare`);
  const worse = pairs.filter(isWorse);
  for (const { row, old } of worse) {
    console.log(
      `worse: Node ${row.node}, ${row.table}, ${row.title}, ${row.participant}: ${told(old)} at ${at}, now ${told(row)}`,
    );
  }
  console.log(`${worse.length} of ${pairs.length} rows are worse than at ${at}.`);
  if (worse.length > 0) process.exitCode = 1;
}

function committed() {
  try {
    return JSON.parse(
      execFileSync('git', ['show', 'HEAD:bench/results/latest.json'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }),
    );
  } catch (error) {
    throw new Error('No figures are committed to compare with: run `npm run bench` and commit bench/results', {
      cause: error,
    });
  }
}

function keyOf({ suite, node, case: id, participant }) {
  return [suite, node, id, participant].join(' ');
}

function isOurs({ case: id, participant }) {
  return participant.startsWith('lambent') || id === 'routes/lambent';
}

/** Returns the quartiles of the ratio, or the figure itself when there is no baseline. */
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
