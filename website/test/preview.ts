import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { until } from '../../test/until.js';

const website = join(__dirname, '..');

/** Serves the built website as `npm run docs` does. */
export interface Preview {
  /** With a slash at its end. */
  readonly url: string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function servePreview(): Promise<Preview> {
  const port = await freePort();
  const vitepress = join(website, 'node_modules/vitepress/bin/vitepress.js');
  const server = spawn(process.execPath, [vitepress, 'preview', '--port', `${port}`], { cwd: website });
  const ended = once(server, 'exit');
  const url = `http://localhost:${port}/lambent/`;
  await until('the website is served', () => server.exitCode === null && answers(url));
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
    },
  };
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
