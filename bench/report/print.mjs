/** Rows for eyes, one line a case. */
export function printRows(rows) {
  for (const [key, group] of groupBy(rows, keyOf)) {
    console.log(`\n${key}`);
    for (const row of group) console.log(lineOf(row));
  }
}

function keyOf({ suite, node, title }) {
  return `${suite}, Node ${node}: ${title}`;
}

function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

function lineOf({ contestant, value, unit, ratio, low, high }) {
  const compared = ratio === undefined ? '' : `  × ${ratio.toFixed(2)}  (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `  ${contestant.padEnd(16)}${value.toPrecision(4).padStart(9)} ${unit}${compared}`;
}
