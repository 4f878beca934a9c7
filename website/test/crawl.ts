import type { Browser } from 'playwright-core';
import { type Look, Visitor, type Visited } from './visit.js';

/** Pages that are open at once. More of them only wait for the processors. */
const TABS = 3;

/** Works through a list in a few tabs, and returns the results in the order of the list. */
export async function inTabs<I, R>(
  browser: Browser,
  look: Look,
  items: readonly I[],
  work: (visitor: Visitor, item: I) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const workInTab = async (): Promise<void> => {
    const visitor = await Visitor.start(browser, look);
    // The tabs share the iterator: each takes the next item that no other has.
    for (const [index, item] of waiting) results[index] = await work(visitor, item);
    await visitor.tab.close();
  };
  await Promise.all(Array.from({ length: Math.min(TABS, items.length) }, workInTab));
  return results;
}

/** The pages that links lead to, from one page on. */
export function reachableFrom(start: string, pages: readonly Visited[]): Set<string> {
  const links = new Map(pages.map((page) => [page.url, page.links.map(withoutAnchor)]));
  const found = new Set([start]);
  for (const url of found) for (const link of links.get(url) ?? []) found.add(link);
  return found;
}

export function withoutAnchor(url: string): string {
  return url.replace(/#.*$/, '');
}
