import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package/manifest.js';
import { readPages } from './markdown.js';

interface Row {
  readonly suite: string;
  readonly node: number;
  readonly case: string;
  readonly participant: string;
  readonly value: number;
  readonly ratio: number;
  readonly difference: number;
}

const { rows } = JSON.parse(readFileSync(join(repository, 'bench/results/latest.json'), 'utf8')) as { rows: Row[] };
const COLUMNS = ['lambent', 'nestjs-express', 'powertools', 'hono'];

/** The figures of the columns on Node 24. */
function figuresOf(suite: string, name: string): Row[] {
  return COLUMNS.map((column) =>
    rows.find((row) => row.suite === suite && row.case === name && row.node === 24 && row.participant === column)!,
  );
}

const coldStarts = figuresOf('cold', 'first-answer').map(({ difference }) => `${Math.round(difference)} ms`);
const ratios = figuresOf('warm', 'get+log').map(({ ratio }) => `× ${ratio.toPrecision(3)}`);

describe.each(['README.md', join('docs', 'why-lambent.md')])('%s', (path) => {
  const text = readPages(repository)
    .find((page) => page.path === path)!
    .lines.join('\n');

  test('has the cold starts and ratios of the last benchmark', () => {
    expect(text).toContain(`| cold start over hand-written | ${coldStarts.map((one) => `+${one}`).join(' | ')} |`);
    expect(text).toContain(`| GET with an access log | ${ratios.join(' | ')} |`);
  });
});

test('the pages that speak of the size of code have that of the last benchmark', () => {
  const sizes = figuresOf('cold', 'code').map(({ value }) => `${Number(value.toPrecision(3))} kB`);
  const [why, faq] = ['why-lambent', 'faq'].map((name) =>
    readFileSync(join(repository, 'docs', `${name}.md`), 'utf8').replaceAll('\n', ' '),
  );
  expect(why).toContain(`| code loaded at the start | ${sizes.join(' | ')} |`);
  expect(faq).toContain(`loads ${sizes[0]} at the start, [NestJS on Express ${sizes[1]}]`);
});

test('the first screen of the README has two of these cold starts', () => {
  const text = readFileSync(join(repository, 'README.md'), 'utf8').replaceAll('\n', ' ');
  expect(text).toContain(`Lambent adds ${coldStarts[0]} to the cold start of a hand-written handler`);
  expect(text).toContain(`NestJS on Express adds ${coldStarts[1]}`);
});
