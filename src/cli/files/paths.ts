import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether there is a file, or a link to one; a folder is none. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A folder and all above it, the nearest first. */
export function foldersFrom(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersFrom(parent)];
}
