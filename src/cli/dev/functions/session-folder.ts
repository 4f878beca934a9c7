import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../project/compile-sources.js';

/** Makes the cache folder of this process, and removes those of processes that no longer run. */
export function makeSessionFolder(root: string): string {
  const cache = cacheFolder(root);
  const folder = join(cache, `dev-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(cache))
    if (isAbandoned(name)) rmSync(join(cache, name), { recursive: true, force: true });
  return folder;
}

function isAbandoned(name: string): boolean {
  const pid = /^dev-(\d+)$/.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
