// Draws the most important figures as an SVG for light and dark pages.
import { formatRatio } from './figures.mjs';

const PANEL = { width: 324, head: 34, bar: 13, pitch: 20, label: 124, value: 44, gap: 24 };
const COLUMNS = 3;

const STYLE = `
  text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
  .title { font-size: 13px; font-weight: 600; }
  .note, .value { fill: #59636e; }
  .value { font-size: 11px; font-variant-numeric: tabular-nums; }
  .lambent { fill: #0969da; }
  .peer { fill: #afb8c1; }
  .base { fill: #59636e; }
  .bold { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .note, .value { fill: #9198a1; }
    .lambent { fill: #4493f8; }
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

function panelsOf(rows) {
  const warm = rows.filter(({ suite, case: id }) => suite === 'warm' && !id.endsWith('+log'));
  const titles = [...new Map(warm.map((row) => [row.case, row.title]))].slice(0, 5);
  const panels = titles.map(([id, title]) => ({
    title: `${title}, × hand-written`,
    bars: warm
      .filter((row) => row.case === id)
      .map(({ participant, name, ratio }) => ({ participant, name, length: ratio, text: `× ${formatRatio(ratio)}` })),
  }));
  const cold = rows.filter((row) => row.case === 'first-answer');
  const coldBars = cold.map(({ participant, name, value }) => ({
    participant,
    name,
    length: value,
    text: `${Math.round(value)} ms`,
  }));
  return cold.length > 0 ? [...panels, { title: 'Cold start, to the first response', bars: coldBars }] : panels;
}

function drawPanel({ title, bars }) {
  const longest = Math.max(...bars.map(({ length }) => length));
  const room = PANEL.width - PANEL.label - PANEL.value;
  return [
    `<text class="title" x="0" y="16">${escaped(title)}</text>`,
    ...bars.flatMap((bar, index) => drawBar(bar, PANEL.head + index * PANEL.pitch, (bar.length / longest) * room)),
  ];
}

function drawBar({ participant, name, text }, y, width) {
  const kind = participant.startsWith('lambent') ? 'lambent' : participant === 'hand-written' ? 'base' : 'peer';
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
