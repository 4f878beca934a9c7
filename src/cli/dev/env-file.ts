import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { messageOf } from '../../shared/thrown.js';
import { CommandError } from '../framework/command-error.js';

/** A file with environment variables. */
export interface EnvFile {
  readonly path: string;
  /** Whether it must exist, because `--env-file` names it. */
  readonly required: boolean;
}

/**
 * Returns the environment without the variables that Node itself has read from the file. Node 20 reads `--env-file`
 * wherever it stands on the command line, and its first values would hide later changes of the file.
 */
export function variablesBesides(file: EnvFile, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!file.required) return { ...env };
  const fromFile = readEnvironment(file, {});
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== fromFile[name]));
}

/**
 * Reads the variables of a file. Variables that are already set win.
 *
 * @throws CommandError if the file cannot be read, unless it is optional and does not exist.
 */
export function readEnvironment(file: EnvFile, variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...parseEnv(textOf(file)), ...variables };
}

function textOf({ path, required }: EnvFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!required && (error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new CommandError(`Cannot read environment variables: ${messageOf(error)}.`, { cause: error });
  }
}
