import { statSync } from 'node:fs';

/** Whether there is a file, or a link to one; a folder is none. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
