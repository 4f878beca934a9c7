import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { suggestion } from '../../modules/near-names.js';
import { CommandError } from '../command-error.js';
import { type ProjectFunctions, projectFunctions } from '../project-functions.js';

/** A function to bundle: its file is named after it. */
export interface BuildTarget {
  readonly name: string;
  readonly source: string;
  readonly outDir: string;
}

export interface TargetQuery {
  /** The project's folder. */
  readonly root: string;
  /** What files on the command line, and `out`, start from. */
  readonly cwd: string;
  /** Names of functions, or files; all functions where there are none. */
  readonly names: readonly string[];
  readonly out: string | undefined;
}

/**
 * What to bundle, and where to. A function that is alone in its project has the folder for itself; of several, each has
 * one of its own in it, whichever of them are built: a function's package holds nothing of its neighbours.
 *
 * @throws CommandError for a function or a file that is not there.
 */
export function buildTargets({ root, cwd, names, out }: TargetQuery): BuildTarget[] {
  const files = names.length > 0 && names.every(isFile);
  const functions = files ? sourcesByName(names, cwd) : projectFunctions(root);
  const chosen = files || names.length === 0 ? Object.keys(functions) : names.map((name) => known(name, functions));
  const folder = out === undefined ? join(root, 'bundle') : resolve(cwd, out);
  const alone = Object.keys(functions).length === 1;
  return chosen.map((name) => ({ name, source: resolve(root, functions[name]!), outDir: alone ? folder : join(folder, name) }));
}

/** Names of functions have neither dots nor slashes. */
function isFile(name: string): boolean {
  return /[./\\]/.test(name);
}

function sourcesByName(files: readonly string[], cwd: string): ProjectFunctions {
  const sources = files.map((file) => resolve(cwd, file));
  const absent = sources.find((source) => !existsSync(source));
  if (absent !== undefined) throw new CommandError(`There is no file ${absent}.`);
  const byName = Object.fromEntries(sources.map((source) => [basename(source, extname(source)), source]));
  if (Object.keys(byName).length === sources.length) return byName;
  throw new CommandError('Two of the files have the same name, and would be bundled into the same place: build them one by one, with --out.');
}

function known(name: string, functions: ProjectFunctions): string {
  if (Object.hasOwn(functions, name)) return name;
  const names = Object.keys(functions);
  throw new CommandError(
    `There is no function "${name}": the project has ${names.join(', ')}.${suggestion(name, names)} More are named in package.json: "lambent": { "functions": { "api": "src/api.ts" } }.`,
  );
}
