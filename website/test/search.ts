import type { Visitor } from './visit.js';

/** Types into the search of the open page, and returns where the results lead. */
export async function search({ tab }: Visitor, text: string): Promise<string[]> {
  const input = tab.locator('#localsearch-input');
  const results = tab.locator('.VPLocalSearchBox a.result');
  if (!(await input.isVisible())) await tab.keyboard.press('/');
  // What an earlier search has found must be gone, or it would be taken for the results of this one.
  await input.fill('');
  await results.first().waitFor({ state: 'detached' });
  await input.fill(text);
  await tab.locator('.VPLocalSearchBox :is(a.result, .no-results)').first().waitFor();
  return results.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
}
