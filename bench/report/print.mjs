import { formatRatio } from './figures.mjs';

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

function lineOf({ name, value, unit, ratio, low, high }) {
  const compared =
    ratio === undefined ? '' : `  × ${formatRatio(ratio)}  (${formatRatio(low)} to ${formatRatio(high)})`;
  return `  ${name.padEnd(18)}${value.toPrecision(4).padStart(9)} ${unit}${compared}`;
}
