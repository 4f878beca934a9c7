import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/** A Chromium that can be started: of CHROMIUM_PATH, else the first on the PATH. */
export function findChromium(): string | undefined {
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

export interface OpenPage {
  readonly tab: Page;
  /** What the browser complains of: errors of the script, and what the Content-Security-Policy holds back. */
  readonly problems: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openPage(executablePath: string, url: string): Promise<OpenPage> {
  // Containers have no user namespaces for its sandbox; it opens our own page alone.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const tab = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  const problems: string[] = [];
  tab.on('pageerror', (error) => problems.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await tab.goto(url);
  return { tab, problems, [Symbol.asyncDispose]: () => browser.close() };
}
