import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { anchorsOf, blocksOf, linksOf, type Page, readPages } from './docs/markdown.js';
import { typeCheck } from './docs/type-check.js';
import { repository } from './package/manifest.js';

const pages = readPages(repository);

test('every TypeScript example compiles against the build', () => {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('The examples are checked against the build: run `npm run build` first.');
  expect(typeCheck(pages, repository)).toEqual([]);
});

test('a mistake in an example is told with its place on the page', () => {
  const lines = ['Prose.', '', '```ts', "import { Get } from 'lambent';", 'export const path: number = Get;', '```'];
  const [first, ...others] = typeCheck([{ path: 'docs/wrong.md', lines }], repository);
  expect(first).toMatch(/^docs\/wrong\.md:5: error TS2322: /);
  expect(others).toEqual([]);
});

test('every JSON example is JSON', () => {
  const broken = pages.flatMap((page) =>
    blocksOf(page)
      .filter(({ language }) => language === 'json')
      .filter(({ code }) => !isJson(code.map(({ text }) => text).join('\n')))
      .map(({ code }) => `${page.path}:${code[0]?.number}`),
  );
  expect(broken).toEqual([]);
});

test('every link inside the documentation leads somewhere', () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !leadsSomewhere(page, target))
      .map((target) => `${page.path}: ${target}`),
  );
  expect(dead).toEqual([]);
});

const CALL = /\bdocumentation\('([^']+)'\)/g;

test('every page that a message refers to exists', () => {
  const sources = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = sources
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(repository, 'src', path), 'utf8'));
  // The package has no documentation.
  expect(texts.filter((text) => text.includes('node_modules/lambent/docs'))).toEqual([]);
  const targets = texts.flatMap((text) => Array.from(text.matchAll(CALL), ([, page]) => page!));
  expect(targets).toContain('coming-from.md');
  const folder = { path: join('docs', 'index.md'), lines: [] };
  expect(targets.filter((target) => !leadsSomewhere(folder, target))).toEqual([]);
});

test('the index lists every page exactly once, and the decisions have an index of their own', () => {
  const indexes = ['docs/index.md', 'docs/decisions/index.md'];
  const listed = pages.filter(({ path }) => indexes.includes(path)).flatMap(listedIn);
  const others = pages.map(({ path }) => path).filter((path) => path !== 'README.md' && path !== 'docs/index.md');
  expect(listed.toSorted()).toEqual(others.toSorted());
});

test('the index of the decisions has their titles', () => {
  const index = pages.find(({ path }) => path === join('docs', 'decisions', 'index.md'))!;
  const listed = index.lines.filter((line) => line.startsWith('- '));
  const decisions = pages.filter((page) => page !== index && dirname(page.path) === dirname(index.path));
  const titled = decisions.map(({ path, lines }) => `- [${lines[0]!.replace('# ', '')}](${basename(path)})`);
  expect(listed.toSorted()).toEqual(titled.toSorted());
});

/** The pages that an index lists: the website's navigation is made from the same links. */
function listedIn(index: Page): string[] {
  const items = index.lines.filter((line) => line.startsWith('- '));
  return linksOf({ ...index, lines: items }).map((target) => join(dirname(index.path), target));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function leadsSomewhere(from: Page, target: string): boolean {
  if (/^https?:/.test(target)) return true;
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from.path : normalize(join(dirname(from.path), file));
  const page = pages.find((candidate) => candidate.path === path);
  if (anchor === undefined) return existsSync(join(repository, path));
  return page !== undefined && anchorsOf(page).includes(anchor);
}
