import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf } from '../../test/docs/markdown.js';
import { inChromium } from '../../test/openapi/chromium.js';
import { inTabs } from './crawl.js';
import { search } from './search.js';
import { openWebsite, type Website } from './website.js';

let website: Website | undefined;
beforeAll(async () => {
  website = await openWebsite();
});
afterAll(() => website?.close());

const anchorOf = (title: string): string => anchorsOf({ path: '', lines: [`# ${title}`] })[0]!;

const KINDS = ['', 'getting-started', 'glossary', 'events/sqs', 'decisions/', 'reference/cache', 'not-a-page'];

inChromium.each(['light, desktop', 'dark, phone'] as const)('each kind of page is accessible: %s', async (look) => {
  const { browser, url } = website!;
  const found = await inTabs(browser, look, KINDS, async (visitor, path) => {
    await visitor.open(`${url}${path}`);
    return (await visitor.accessibility()).map((fault) => `${path}: ${fault}`);
  });
  expect(found.flat()).toEqual([]);
});

inChromium('the search finds every term of the glossary', async () => {
  const { browser, url } = website!;
  const glossary = readFileSync(join(__dirname, '../../docs/glossary.md'), 'utf8');
  const terms = Array.from(glossary.matchAll(/^\| \*\*(?<terms>.+?)\*\* \|/gm), ({ groups }) => groups!['terms']!);
  expect(terms.length).toBeGreaterThan(60);
  const missing = await inTabs(browser, 'light, desktop', terms, async (visitor, term) => {
    if (!visitor.tab.url().startsWith(url)) await visitor.open(url);
    const results = await search(visitor, term);
    return results.includes(`${url}glossary#term-${anchorOf(term)}`) ? [] : [term];
  });
  expect(missing.flat()).toEqual([]);
});

inChromium('the search is accessible, and says when there is nothing to find', async () => {
  const { browser, url } = website!;
  const [faults] = await inTabs(browser, 'light, desktop', [url], async (visitor) => {
    await visitor.open(url);
    expect(await search(visitor, 'xyzzyplugh')).toEqual([]);
    expect(await search(visitor, 'validation')).not.toEqual([]);
    // The roles and names inside of the box are VitePress's.
    const rules = { 'nested-interactive': { enabled: false }, 'label-content-name-mismatch': { enabled: false } };
    return visitor.accessibility({ rules });
  });
  expect(faults).toEqual([]);
});

inChromium('an unknown address says so, and leads to the list of all pages', async () => {
  const { browser, url } = website!;
  const [link] = await inTabs(browser, 'light, desktop', [`${url}not-a-page`], async ({ tab }, unknown) => {
    await tab.goto(unknown);
    await tab.getByRole('heading', { name: 'Page not found' }).waitFor();
    return tab.getByRole('link', { name: 'the list of all pages' }).getAttribute('href');
  });
  expect(link).toBe('/lambent/#documentation');
});
