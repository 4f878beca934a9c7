/** Rows for eyes, those of a case together. */
export function printRows(rows) {
  let heading;
  for (const row of rows) {
    const next = `${row.suite}, Node ${row.node}: ${row.title}`;
    if (next !== heading) console.log(`\n${next}`);
    heading = next;
    console.log(lineOf(row));
  }
}

function lineOf({ participant, value, unit, ratio, low, high }) {
  const compared = ratio === undefined ? '' : `  × ${ratio.toFixed(2)}  (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `  ${participant.padEnd(16)}${value.toPrecision(4).padStart(9)} ${unit}${compared}`;
}
