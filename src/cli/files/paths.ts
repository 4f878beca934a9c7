import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether the path is a file or a link to one. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Returns the path and all its parent folders, nearest first. */
export function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent)];
}
