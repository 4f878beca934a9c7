import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Returns the accessibility problems that axe finds in a page: rule, element, and what is wrong. */
export async function problemsOfAxe(tab: Page): Promise<string[]> {
  // Through the debugger, which the page's policy doesn't hold back.
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
