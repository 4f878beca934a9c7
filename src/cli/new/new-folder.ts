import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CommandError, UsageError } from '../framework/command-error.js';
import type { Prompts } from '../framework/prompts.js';

const DEFAULT_NAME = 'my-api';

/**
 * Returns the folder of a new project, from its name or else the user's, relative to the current folder.
 *
 * @throws UsageError if the name is missing or invalid, CommandError if the folder is not empty.
 */
export async function newFolder(name: string | undefined, cwd: string, prompts: Prompts | undefined): Promise<string> {
  const read = (text: string): string => {
    const folder = folderOf(text, cwd);
    refuseUsedFolder(join(cwd, folder), folder);
    return folder;
  };
  if (name !== undefined || !prompts) return read(name ?? '');
  return prompts.text(`Project name [${DEFAULT_NAME}]`, (answer) => read(answer || DEFAULT_NAME));
}

/** Checks that the folder is the current one or below it, and that npm accepts its name. */
function folderOf(text: string, cwd: string): string {
  const given = text.trim();
  if (given === '')
    throw new UsageError(
      'Missing project name. Run "lambent new my-api", or "lambent new ." to use the current folder.',
    );
  const folder = relative(cwd, resolve(cwd, given)) || '.';
  if (isAbsolute(folder) || folder.split(sep)[0] === '..')
    throw new UsageError(`"${given}" is outside the current folder. Run this command where the project should be.`);
  checkName(basename(resolve(cwd, folder)));
  return folder;
}

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]*$/.test(name) && name.length <= 214 && name !== 'node_modules') return;
  throw new UsageError(`Invalid project name "${name}". Use lowercase letters, digits and hyphens, as in my-api.`);
}

/** The entries that the folder of a new project may already contain. */
const ALLOWED = new Set(['.git', '.idea', '.vscode', 'LICENSE']);

/** @throws CommandError if the folder is a file, or contains more than a repository and a licence. */
function refuseUsedFolder(folder: string, name: string): void {
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
