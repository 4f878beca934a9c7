import { existsSync, readdirSync, statSync } from 'node:fs';
import { CommandError } from '../framework/errors.js';

/** What the folder of a new project may already contain. */
const ALLOWED = new Set(['.git', '.idea', '.vscode', 'LICENSE']);

/** @throws CommandError if the folder is a file, or contains more than a repository and a licence. */
export function refuseUsedFolder(folder: string, name: string): void {
  const found = existsSync(folder) ? entriesOf(folder).filter((entry) => !ALLOWED.has(entry)) : [];
  if (found.length === 0) return;
  const place = name === '.' ? 'The current folder' : name;
  throw new CommandError(
    `${place} is not empty (${found.slice(0, 3).join(', ')}). Choose another name, or remove what is there.`,
  );
}

function entriesOf(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path) : ['a file'];
}
