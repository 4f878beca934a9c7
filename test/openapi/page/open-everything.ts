import type { Page } from 'playwright-core';

/** Opens operations, models and what they hold, a few levels down: models that contain themselves never end. */
export async function openEverything(tab: Page): Promise<void> {
  for (let level = 0; level < 3; level++) {
    await tab.evaluate('for (const each of document.querySelectorAll("main details")) each.open = true');
    // The page's script fills in models a moment after their places have been opened.
    await tab.waitForFunction(
      '[...document.querySelectorAll("[data-model]")].every((place) => place.closest("details:not([open])"))',
    );
  }
}
