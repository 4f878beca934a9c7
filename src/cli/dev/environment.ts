import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { CommandError } from '../command-error.js';

/** Where variables of the environment are written down. */
export interface EnvFile {
  readonly path: string;
  /** Whether somebody named it, and so it has to be there. */
  readonly named: boolean;
}

/** @param named what `--env-file` says. */
export function envFile(named: string | undefined, { cwd, root }: { readonly cwd: string; readonly root: string }): EnvFile {
  return named === undefined ? { path: resolve(root, '.env'), named: false } : { path: resolve(cwd, named), named: true };
}

/**
 * The variables that are set, without those that Node 20 has taken from the file by itself: it reads `--env-file` wherever
 * that stands, and what the file says later would be hidden by what it said then.
 */
export function setVariables(file: EnvFile, set: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!file.named) return { ...set };
  const taken = readEnvironment(file, {});
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => value !== taken[name]));
}

/**
 * The variables of a file, under those that are set already.
 *
 * @throws CommandError when it can't be read, unless it is one that may be absent.
 */
export function readEnvironment(file: EnvFile, set: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...parseEnv(textOf(file)), ...set };
}

function textOf({ path, named }: EnvFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!named && (error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new CommandError(`The variables of the environment can't be read: ${(error as Error).message}.`, { cause: error });
  }
}
