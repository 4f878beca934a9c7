import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { blocksOf, readPages } from '../../test/docs/markdown.js';
import { findChromium } from '../../test/openapi/chromium.js';
import { inTabs, reachableFrom, withoutAnchor } from './crawl.js';
import { type Preview, servePreview } from './preview.js';
import { search } from './search.js';
import type { Visited } from './visit.js';

const repository = join(__dirname, '../..');
const PUBLISHED = 'https://lambent-js.github.io/lambent/';
const GITHUB = /^https:\/\/github\.com\/lambent-js\/lambent\/(?:blob|tree|edit)\/main\/(?<path>[^#]+)/;

const sources = readPages(repository).filter(({ path }) => path.startsWith('docs/'));

const executablePath = findChromium();
const inBrowser = executablePath === undefined ? test.skip : test;
if (executablePath === undefined)
  console.warn(
    'There is no Chromium on this machine (CHROMIUM_PATH, or chromium on the PATH): the website is built, but not tried.',
  );

let preview: Preview;
let browser: Browser;
let pages: Visited[];

beforeAll(async () => {
  if (executablePath === undefined) return;
  preview = await servePreview();
  // Containers have no user namespaces for its sandbox; it opens our own pages alone.
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const sitemap = await (await fetch(`${preview.url}sitemap.xml`)).text();
  const published = Array.from(sitemap.matchAll(/<loc>(?<url>.+?)<\/loc>/g), ({ groups }) => groups!['url']!);
  const urls = published.map((url) => url.replace(PUBLISHED, preview.url));
  pages = await inTabs(browser, 'light, desktop', urls, (visitor, url) => visitor.visit(url));
});

afterAll(async () => {
  await browser?.close();
  await preview?.[Symbol.asyncDispose]();
});

/** The address of a page. */
function address(path: string): string {
  return `${preview.url}${path}`;
}

/** Tells what is wrong with pages, one line for each fault. */
function faults(found: (page: Visited) => readonly string[]): string[] {
  return pages.flatMap((page) => found(page).map((fault) => `/${page.url.slice(preview.url.length)}: ${fault}`));
}

inBrowser('each file of docs/ is a page, and every page is reachable from the landing page', () => {
  expect(pages).toHaveLength(sources.length);
  const reachable = reachableFrom(preview.url, pages);
  expect(pages.map(({ url }) => url).filter((url) => !reachable.has(url))).toEqual([]);
});

inBrowser('every link and anchor leads somewhere', () => {
  const byUrl = new Map(pages.map((page) => [page.url, page]));
  const isDead = (link: string): boolean => {
    const file = GITHUB.exec(link)?.groups?.['path'];
    if (file) return !existsSync(join(repository, file));
    if (!link.startsWith(preview.url)) return false;
    const anchor = decodeURIComponent(new URL(link).hash.slice(1));
    const page = byUrl.get(withoutAnchor(link));
    return page === undefined || (anchor !== '' && !page.ids.has(anchor));
  };
  expect(faults(({ links }) => links.filter(isDead))).toEqual([]);
});

inBrowser('pages written by hand lead to their source, to edit it', () => {
  const edited = pages.flatMap(({ links }) => links.filter((link) => link.includes('/edit/main/')));
  const written = sources.map(({ path }) => path).filter((path) => !/^docs\/(reference\/|index\.md$)/.test(path));
  expect(edited.map((link) => GITHUB.exec(link)?.groups?.['path']).toSorted()).toEqual(written);
});

inBrowser('titles of code are shown', () => {
  const titles = sources.flatMap(blocksOf).flatMap(({ title }) => title ?? []);
  expect(pages.flatMap(({ codeTitles }) => codeTitles)).toEqual(expect.arrayContaining(titles));
});

inBrowser('no page has errors in the console', () => {
  expect(faults(({ errors }) => errors)).toEqual([]);
});

inBrowser('no page is wider than a phone of 360 pixels', () => {
  expect(faults(({ overflow }) => (overflow > 0 ? [`${overflow} pixels too wide`] : []))).toEqual([]);
});

inBrowser('every page is accessible', () => {
  expect(faults(({ accessibility }) => accessibility)).toEqual([]);
});

inBrowser('each kind of page is accessible in the dark, on a phone', async () => {
  const urls = ['', 'getting-started', 'glossary', 'events/sqs', 'decisions/', 'reference/cache', 'not-a-page'].map(
    address,
  );
  const found = await inTabs(browser, 'dark, phone', urls, async (visitor, url) => {
    await visitor.open(url);
    return (await visitor.accessibility()).map((fault) => `${url}: ${fault}`);
  });
  expect(found.flat()).toEqual([]);
});

inBrowser('the search finds every term of the glossary', async () => {
  const glossary = pages.find(({ url }) => url === address('glossary'))!;
  const rows = Array.from(glossary.ids).filter((id) => id.startsWith('term-'));
  expect(rows.length).toBeGreaterThan(60);
  const missing = await inTabs(browser, 'light, desktop', rows, async (visitor, id) => {
    if (!visitor.tab.url().startsWith(preview.url)) await visitor.open(preview.url);
    const results = await search(visitor, id.slice('term-'.length).replaceAll('-', ' '));
    return results.includes(`${glossary.url}#${id}`) ? [] : [id];
  });
  expect(missing.flat()).toEqual([]);
});

inBrowser('the search is accessible, and says when there is nothing to find', async () => {
  const [faultsOfSearch] = await inTabs(browser, 'light, desktop', [preview.url], async (visitor, url) => {
    await visitor.open(url);
    expect(await search(visitor, 'xyzzyplugh')).toEqual([]);
    expect(await search(visitor, 'validation')).not.toEqual([]);
    return visitor.accessibility();
  });
  expect(faultsOfSearch).toEqual([]);
});

inBrowser('an unknown address says so, and leads to the list of all pages', async () => {
  const [link] = await inTabs(browser, 'light, desktop', [address('not-a-page')], async ({ tab }, url) => {
    await tab.goto(url);
    await tab.getByRole('heading', { name: 'Page not found' }).waitFor();
    return tab.getByRole('link', { name: 'the list of all pages' }).getAttribute('href');
  });
  expect(link).toBe('/lambent/#documentation');
});
