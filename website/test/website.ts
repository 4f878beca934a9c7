import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { installedChromium, launchChromium } from '../../test/openapi/chromium.js';
import { until } from '../../test/until.js';

/** The built website, served as `npm run docs` does, and a browser to visit it. */
export interface Website {
  /** With a slash at its end. */
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Nothing where there is no Chromium. */
export async function openWebsite(): Promise<Website | undefined> {
  if (installedChromium === undefined) return undefined;
  const folder = join(__dirname, '..');
  const port = await freePort();
  const vitepress = join(folder, 'node_modules/vitepress/bin/vitepress.js');
  const server = spawn(process.execPath, [vitepress, 'preview', '--port', `${port}`], { cwd: folder });
  const ended = once(server, 'exit');
  const url = `http://localhost:${port}/lambent/`;
  await until('the website is served', () => answers(url));
  const browser = await launchChromium();
  const close = async (): Promise<void> => {
    await browser.close();
    server.kill();
    await ended;
  };
  return { url, browser, close };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
