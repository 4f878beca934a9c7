// Draws the most important figures as an SVG for light and dark pages.
import { formatRatio } from './figures.mjs';

const PANEL = { width: 324, head: 34, bar: 13, pitch: 20, label: 124, value: 44, gap: 24 };
const COLUMNS = 3;

const STYLE = `
  text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
  .title { font-size: 13px; font-weight: 600; }
  .note, .value { fill: #59636e; }
  .value { font-size: 11px; font-variant-numeric: tabular-nums; }
  .lambent, .variant { fill: #0969da; }
  .peer { fill: #afb8c1; }
  .base { fill: #59636e; }
  .variant { opacity: 0.5; }
  .bold { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .note, .value { fill: #9198a1; }
    .lambent, .variant { fill: #4493f8; }
    .peer { fill: #4d5661; }
    .base { fill: #9198a1; }
  }`;

/** @returns The SVG, or `undefined` when none of its figures was measured. */
export function renderChart({ rows, nodes, machine, date }) {
  const node = Math.max(...rows.map((row) => row.node));
  const panels = panelsOf(rows.filter((row) => row.node === node));
  if (panels.length === 0) return undefined;
  const most = Math.max(...panels.map(({ bars }) => bars.length));
  const height = PANEL.head + most * PANEL.pitch + PANEL.gap;
  const total = {
    width: COLUMNS * (PANEL.width + PANEL.gap),
    height: Math.ceil(panels.length / COLUMNS) * height + 24,
  };
  const { version } = nodes.find((one) => one.version.startsWith(`${node}.`));
  const note = `Lower is better. Node ${version}, ${machine.cpu}, ${date.slice(0, 10)}`;
  return svg(total, [
    ...panels.map((panel, index) =>
      group((index % COLUMNS) * (PANEL.width + PANEL.gap), Math.floor(index / COLUMNS) * height, drawPanel(panel)),
    ),
    `<text class="note" x="0" y="${total.height - 6}">${escaped(note)}</text>`,
  ]);
}

/** An environment's life, in this order: it starts, its first events run unoptimised, later ones run hot. */
const PANELS = [
  { title: 'Cold start, to the first response', case: 'first-answer', of: milliseconds },
  { title: 'First 1,000 events, × hand-written', case: 'early/1000', of: ratioOf },
  { title: 'Hot: GET, × hand-written', case: 'get', of: ratioOf },
  { title: 'Hot: POST, valid, × hand-written', case: 'post', of: ratioOf },
  { title: 'Hot: POST, invalid, × hand-written', case: 'post-invalid', of: ratioOf },
  { title: 'Resident memory after 100,000 events', case: 'rss/after', of: megabytes },
];
/** They are in the tables. The chart has Lambent as its build makes it. */
const LEFT_OUT = ['lambent-before', 'lambent-winston'];

function panelsOf(rows) {
  return PANELS.map(({ title, case: id, of }) => ({
    title,
    bars: rows
      .filter((row) => row.case === id && !LEFT_OUT.includes(row.participant))
      .map((row) => ({ participant: row.participant, name: nameOf(row), ...of(row) })),
  })).filter(({ bars }) => bars.length > 0);
}

function nameOf({ participant, name }) {
  return participant === 'lambent-unplanned' ? 'Lambent, no plan' : name;
}

function ratioOf({ ratio }) {
  return { length: ratio, text: `× ${formatRatio(ratio)}` };
}

function milliseconds({ value }) {
  return { length: value, text: `${Math.round(value)} ms` };
}

function megabytes({ value }) {
  return { length: value, text: `${Math.round(value)} MB` };
}

function drawPanel({ title, bars }) {
  const longest = Math.max(...bars.map(({ length }) => length));
  const room = PANEL.width - PANEL.label - PANEL.value;
  return [
    `<text class="title" x="0" y="16">${escaped(title)}</text>`,
    ...bars.flatMap((bar, index) => drawBar(bar, PANEL.head + index * PANEL.pitch, (bar.length / longest) * room)),
  ];
}

const KINDS = { 'hand-written': 'base', lambent: 'lambent', 'lambent-unplanned': 'variant' };

function drawBar({ participant, name, text }, y, width) {
  const kind = KINDS[participant] ?? 'peer';
  const base = y + PANEL.bar - 2;
  return [
    `<text class="${kind === 'lambent' ? 'bold' : ''}" x="0" y="${base}">${escaped(name)}</text>`,
    `<rect class="${kind}" x="${PANEL.label}" y="${y}" width="${Math.max(1, width).toFixed(1)}" height="${PANEL.bar}" rx="2"/>`,
    `<text class="value" x="${(PANEL.label + width + 5).toFixed(1)}" y="${base}">${escaped(text)}</text>`,
  ];
}

function svg({ width, height }, content) {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Benchmark of Lambent and other ways to write a Lambda function">`;
  return [open, `<style>${STYLE}\n</style>`, ...content, '</svg>', ''].join('\n');
}

function group(x, y, content) {
  return `<g transform="translate(${x} ${y})">\n${content.join('\n')}\n</g>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
