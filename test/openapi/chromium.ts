import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** A Chromium that can be started: of CHROMIUM_PATH, else the first on the PATH. */
function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env['CHROMIUM_PATH'] ?? '', ...onPath].find(isExecutable);
}

function isExecutable(path: string): boolean {
  if (path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const installedChromium = findChromium();

/** `test` where there is a browser, else `test.skip`. */
export const inChromium: typeof test = installedChromium === undefined ? (test.skip as typeof test) : test;
if (installedChromium === undefined)
  console.warn(
    'There is no Chromium on this machine (CHROMIUM_PATH, or chromium on the PATH): what needs it is skipped.',
  );

/** Starts Chromium, of which a test has a context each. */
export function launchChromium(): Promise<Browser> {
  // Containers have no user namespaces for its sandbox; it opens our own page alone.
  return chromium.launch({ executablePath: installedChromium!, args: ['--no-sandbox'] });
}

export interface OpenPage {
  readonly tab: Page;
  /** What the browser complains of: errors of the script, and what the Content-Security-Policy holds back. */
  readonly problems: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens a page in a context of its own: what it stores ends with the test. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const tab = await context.newPage();
  const problems: string[] = [];
  tab.on('pageerror', (error) => problems.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await tab.goto(url);
  return { tab, problems, [Symbol.asyncDispose]: () => context.close() };
}
