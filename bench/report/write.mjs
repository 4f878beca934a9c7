import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderChart } from './chart.mjs';
import { renderTables } from './table.mjs';

/** Writes latest.json, table.md and chart.svg. */
export function writeResults(folder, results) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(folder, 'table.md'), renderTables(results));
  const chart = renderChart(results);
  if (chart) writeFileSync(join(folder, 'chart.svg'), chart);
  console.log(`\nWritten to ${folder}`);
}
