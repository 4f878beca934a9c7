import type { Browser } from 'playwright-core';
import { inChromium, installedChromium, launchChromium, openPage } from '../chromium.js';
import { problemsOfAxe } from './axe.js';
import { EVERY_FEATURE } from './every-feature.js';
import { openEverything } from './open-everything.js';
import { type ServedPage, servePage } from './serve-page.js';

let browser: Browser | undefined;
let served: ServedPage;

beforeAll(async () => {
  if (installedChromium === undefined) return;
  browser = await launchChromium();
  served = await servePage(EVERY_FEATURE, (_request, response) => {
    response.writeHead(422, { 'content-type': 'application/json' });
    response.end('{"detail": [{"msg": "name must be longer", "loc": ["body", "name"], "at": 3, "fatal": true}]}');
  });
});

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

describe.each([
  ['light', desktop],
  ['dark', desktop],
  ['light', phone],
  ['dark', phone],
] as const)('in the %s on a screen of %j', (colorScheme, viewport) => {
  inChromium('the page has no problems that axe finds, with everything opened', async () => {
    await using page = await openPage(browser!, `${served.url}#animalsAdd`, { colorScheme, viewport });
    const { tab } = page;
    expect(await problemsOfAxe(tab)).toEqual([]);

    const operation = tab.locator('#animalsAdd');
    await operation.getByRole('button', { name: 'Send' }).click();
    await operation.locator('.outcome').getByText('422').waitFor();
    await openEverything(tab);
    expect(await problemsOfAxe(tab)).toEqual([]);
  });

  inChromium('nothing is wider than the screen', async () => {
    await using page = await openPage(browser!, served.url, { colorScheme, viewport });
    const { tab } = page;
    await openEverything(tab);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  });
});

inChromium('on a phone the menu opens over the page, and closes when somebody chooses', async () => {
  await using page = await openPage(browser!, served.url, { viewport: phone });
  const { tab } = page;
  const menu = tab.getByRole('navigation');
  expect(await menu.isVisible()).toBe(false);
  await tab.getByRole('button', { name: 'Menu' }).click();
  expect(await problemsOfAxe(tab)).toEqual([]);
  await menu.getByText('Hear an animal').click();
  await menu.waitFor({ state: 'hidden' });
  expect(await tab.locator('#animalsHear').getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
});

inChromium('the keyboard reaches the search, an operation and its form', async () => {
  await using page = await openPage(browser!, served.url);
  const { tab } = page;
  await tab.keyboard.press('Tab');
  expect(await tab.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
  await tab.keyboard.press('Tab');
  await tab.keyboard.type('delete');
  await tab.keyboard.press('Enter');
  const operation = tab.locator('#animalsRemove');
  await operation.getByRole('button', { name: 'Send' }).waitFor();
  expect(await tab.evaluate('document.activeElement.closest("details").id')).toBe('animalsRemove');
  // Past the link of its authorization.
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Tab');
  expect(await tab.evaluate('document.activeElement.dataset.name')).toBe('id');
});
