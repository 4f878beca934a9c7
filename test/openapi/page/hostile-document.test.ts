import type { Browser, Page } from 'playwright-core';
import { inChromium, installedChromium, launchChromium, openPage } from '../chromium.js';
import { EVERY_FEATURE } from './every-feature.js';
import { openEverything } from './open-everything.js';
import { ATTACKS, poisoned } from './poisoned.js';
import { servePage } from './serve-page.js';

let browser: Browser | undefined;

beforeAll(async () => {
  if (installedChromium !== undefined) browser = await launchChromium();
});

afterAll(() => browser?.close());

/** What is in a page that only an attack can have put there, and how often it was run. */
const INTRUDERS = `
  const own = new Set(('a b blockquote body br button code del details div em fieldset form h1 h2 h3 h4 h5 h6 head header ' +
    'hr html i input label li link main meta nav ol option p path pre script section select small span strong style ' +
    'summary table tbody td textarea th thead title tr ul wbr').split(' '));
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    if (!own.has(element.localName)) found.push(element.outerHTML);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || name === 'srcdoc' || name === 'style' || name === 'src' || name === 'action')
        found.push(name + '=' + value);
    }
    if (element.href && !/^(https?:|mailto:|blob:|data:,$)/.test(element.href)) found.push(element.href);
  }
  if (document.scripts.length !== 1) found.push(document.scripts.length + ' scripts');
  found.push(...pwned.calls);
  found`;

/** Counts calls of `pwned`, and loads that the page starts elsewhere. */
async function watch(tab: Page): Promise<string[]> {
  const elsewhere: string[] = [];
  tab.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|blob:|data:)/.test(request.url())) elsewhere.push(request.url());
  });
  await tab.addInitScript('globalThis.pwned = () => { pwned.calls.push("called") }; pwned.calls = []');
  return elsewhere;
}

describe.each(ATTACKS)('%j', (attack) => {
  inChromium('in every text of a document stays text', async () => {
    await using served = await servePage(poisoned(EVERY_FEATURE, attack), (_request, response) => response.end());
    await using page = await openPage(browser!, 'about:blank');
    const { tab, problems } = page;
    const elsewhere = await watch(tab);
    await tab.goto(`${served.url}#animalsAdd`);
    await openEverything(tab);
    // Whatever a mouse or a keyboard can start.
    await tab.evaluate(
      'for (const each of document.querySelectorAll("main *")) each.dispatchEvent(new MouseEvent("mouseover"))',
    );
    await tab.evaluate('for (const each of document.querySelectorAll("main span, main [tabindex]")) each.click()');
    expect({ intruders: await tab.evaluate(INTRUDERS), elsewhere, problems }).toEqual({
      intruders: [],
      elsewhere: [],
      // Not even the policy has had anything to hold back.
      problems: [],
    });
  });
});

inChromium('an attack in a response, and in the address, stays text', async () => {
  const attacks = ATTACKS.join('\n');
  await using served = await servePage(EVERY_FEATURE, (_request, response) => {
    response.writeHead(200, 'OK', { 'content-type': 'text/html', 'x-note': '<img src=x onerror=pwned()>' });
    response.end(attacks);
  });
  await using page = await openPage(browser!, 'about:blank');
  const { tab, problems } = page;
  await watch(tab);
  await tab.goto(`${served.url}#${encodeURIComponent('"><img src=x onerror=pwned()>')}`);
  await tab.goto(`${served.url}#%E0%A4%A`);
  await tab.goto(`${served.url}#animalsHear`);
  const operation = tab.locator('#animalsHear');
  await operation.getByRole('button', { name: 'Send' }).click();
  await operation.locator('.outcome').getByText('200').waitFor();
  await operation.locator('.output pre.body').waitFor();
  expect(await operation.locator('.output pre.body').textContent()).toBe(attacks);
  expect({ intruders: await tab.evaluate(INTRUDERS), problems }).toEqual({ intruders: [], problems: [] });
});
