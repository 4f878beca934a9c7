import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, readPages } from '../../test/docs/markdown.js';
import { inChromium } from '../../test/openapi/chromium.js';
import { inTabs, reachableFrom, withoutAnchor } from './crawl.js';
import type { Visited } from './visit.js';
import { openWebsite, type Website } from './website.js';

const repository = join(__dirname, '../..');
const PUBLISHED = 'https://lambent-js.github.io/lambent/';
const GITHUB = /^https:\/\/github\.com\/lambent-js\/lambent\/(?:blob|tree|edit)\/main\/(?<path>[^#]+)/;

const sources = readPages(repository).filter(({ path }) => path.startsWith('docs/'));

let website: Website | undefined;
let pages: Visited[];
beforeAll(async () => {
  website = await openWebsite();
  if (!website) return;
  const { browser, url: start } = website;
  const sitemap = await (await fetch(`${start}sitemap.xml`)).text();
  const urls = Array.from(sitemap.matchAll(/<loc>(.+?)<\/loc>/g), ([, url]) => url!.replace(PUBLISHED, start));
  pages = await inTabs(browser, 'light, desktop', urls, (visitor, url) => visitor.visit(url));
});
afterAll(() => website?.close());

/** Tells what is wrong with pages, one line for each fault. */
function faults(found: (page: Visited) => readonly string[]): string[] {
  return pages.flatMap((page) => found(page).map((fault) => `${new URL(page.url).pathname}: ${fault}`));
}

inChromium('each file of docs/ is a page, and every page is reachable from the landing page', () => {
  expect(pages).toHaveLength(sources.length);
  const reachable = reachableFrom(website!.url, pages);
  expect(pages.map(({ url }) => url).filter((url) => !reachable.has(url))).toEqual([]);
});

inChromium('every link and anchor leads somewhere', () => {
  const byUrl = new Map(pages.map((page) => [page.url, page]));
  const isDead = (link: string): boolean => {
    const file = GITHUB.exec(link)?.groups?.['path'];
    if (file) return !existsSync(join(repository, file));
    if (!link.startsWith(website!.url)) return false;
    const anchor = decodeURIComponent(new URL(link).hash.slice(1));
    const page = byUrl.get(withoutAnchor(link));
    return page === undefined || (anchor !== '' && !page.ids.has(anchor));
  };
  expect(faults(({ links }) => links.filter(isDead))).toEqual([]);
});

inChromium('pages written by hand lead to their source, to edit it', () => {
  const edited = pages.flatMap(({ links }) => links.filter((link) => link.includes('/edit/main/')));
  const written = sources.map(({ path }) => path).filter((path) => !/^docs\/(reference\/|index\.md$)/.test(path));
  expect(edited.map((link) => GITHUB.exec(link)?.groups?.['path']).toSorted()).toEqual(written);
});

inChromium('titles of code are shown, and hidden code is not', () => {
  const shown = sources.map((page) => ({
    ...page,
    lines: page.lines
      .join('\n')
      .replace(/<!--.*?-->/gs, '')
      .split('\n'),
  }));
  const titles = shown.flatMap(blocksOf).flatMap(({ title }) => title ?? []);
  expect(pages.flatMap(({ codeTitles }) => codeTitles)).toEqual(expect.arrayContaining(titles));
  expect(faults(({ text }) => text.match(/<!--/g) ?? [])).toEqual([]);
});

inChromium('no page has errors in the console', () => {
  expect(faults(({ errors }) => errors)).toEqual([]);
});

inChromium('no page is wider than a phone of 360 pixels', () => {
  expect(faults(({ overflow }) => (overflow > 0 ? [`${overflow} pixels too wide`] : []))).toEqual([]);
});

inChromium('every page is accessible', () => {
  expect(faults(({ accessibility }) => accessibility)).toEqual([]);
});
