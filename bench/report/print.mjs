import { formatRatio } from './figures.mjs';
import { goals } from './goals.mjs';

/** Prints rows for the terminal, grouped by case. */
export function printRows(rows) {
  let heading;
  for (const row of rows) {
    const next = `Node ${row.node}: ${row.table}: ${row.title}`;
    if (next !== heading) console.log(`\n${next}`);
    heading = next;
    console.log(lineOf(row));
  }
}

/** Prints the goals that these rows answer, with the figure of each Node. */
export function printGoals(rows) {
  const measured = goals(rows);
  if (measured.length > 0) console.log('\nGoals');
  for (const { title, results } of measured) {
    for (const { node, text, limit, met } of results)
      console.log(`  ${met ? '✓' : '✗'} Node ${node}  ${title}: ${text} (${limit})`);
  }
}

function lineOf({ name, value, unit, ratio, low, high }) {
  const compared =
    ratio === undefined ? '' : `  × ${formatRatio(ratio)}  (${formatRatio(low)} to ${formatRatio(high)})`;
  return `  ${name.padEnd(32)}${value.toPrecision(4).padStart(9)} ${unit}${compared}`;
}
