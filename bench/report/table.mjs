import { formatRatio } from './figures.mjs';
import { goals } from './goals.mjs';

/** Returns the results as Markdown: the environment, the goals, and the tables. */
export function renderTables({ date, commit, machine, nodes, versions, rows }) {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${[
    '<!-- Written by bench/run.mjs. -->',
    `Measured on ${date.slice(0, 10)} at ${commit}: ${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.system}; ` +
      `${nodes.map(({ version, client }) => `Node ${version}${client ? ` with ${client}` : ''}`).join(', ')}.`,
    'Lower is better. Each figure is followed by its ratio: to NestJS in the start tables, to ten routes in the route tables, and to the hand-written handler in all other tables. The cold start tables show the difference instead. [How it is measured](../../docs/benchmarks.md).',
    ...goalTable(rows),
    ...nodesOf(rows).flatMap((node) =>
      tablesOf(
        node,
        rows.filter((row) => row.node === node),
      ),
    ),
    `Versions: ${packages.join(', ')}.`,
  ].join('\n\n')}\n`;
}

function goalTable(rows) {
  const measured = goals(rows);
  if (measured.length === 0) return [];
  const nodes = nodesOf(rows);
  const lines = measured.map(({ title, limit, results }) => [
    title,
    limit,
    ...nodes.map((node) => outcome(results, node)),
  ]);
  return ['## Goals', markdown([['', 'goal', ...nodes.map((node) => `Node ${node}`)], ...lines])];
}

function outcome(results, node) {
  const result = results.find((one) => one.node === node);
  return result ? `${result.text} ${result.met ? '✓' : '✗'}` : '';
}

function tablesOf(node, rows) {
  return [...new Set(rows.map(({ table }) => table))].flatMap((table) => [
    `## ${table}, Node ${node}`,
    matrix(rows.filter((row) => row.table === table)),
  ]);
}

/** Returns a table with a row for each participant and a column for each case. */
function matrix(rows) {
  const cases = [...new Map(rows.map((row) => [row.case, row.title]))];
  const participants = [...new Map(rows.map((row) => [row.participant, row.name]))];
  const rowOf = (participant, id) => rows.find((row) => row.case === id && row.participant === participant);
  return markdown([
    ['', ...cases.map(([, title]) => title)],
    ...participants.map(([participant, name]) => [name, ...cases.map(([id]) => cell(rowOf(participant, id)))]),
  ]);
}

function cell(row) {
  if (row === undefined) return '';
  const figure = String(Number(row.value.toPrecision(3)));
  if (row.ratio === undefined || row.participant === row.baseline) return figure;
  return row.suite === 'cold' ? `${figure} (+${Math.round(row.difference)})` : `${figure} ×${formatRatio(row.ratio)}`;
}

function markdown([head, ...lines]) {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function nodesOf(rows) {
  return [...new Set(rows.map(({ node }) => node))];
}
