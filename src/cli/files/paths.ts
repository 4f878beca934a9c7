import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether the path is a file or a link to one. */
export function isFile(path: string): boolean {
  return statusOf(path)?.isFile() === true;
}

/** Whether the path is a folder or a link to one. */
export function isFolder(path: string): boolean {
  return statusOf(path)?.isDirectory() === true;
}

/** Returns `undefined` for what does not exist or cannot be reached. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Returns the path and all its parent folders, nearest first. */
export function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent)];
}
