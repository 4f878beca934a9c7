import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../compile-sources.js';

/** A folder for what this process compiles; those of processes that were killed are removed. */
export function makeSessionFolder(root: string): string {
  const cache = cacheFolder(root);
  const folder = join(cache, `dev-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(cache)) if (isLeftOver(name)) rmSync(join(cache, name), { recursive: true, force: true });
  return folder;
}

function isLeftOver(name: string): boolean {
  const pid = /^dev-(\d+)$/.exec(name)?.[1];
  return pid !== undefined && !lives(Number(pid));
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
