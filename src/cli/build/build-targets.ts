import { basename, extname, join, resolve } from 'node:path';
import { suggestion } from '../../shared/near-names.js';
import { isFile } from '../files/paths.js';
import { CommandError } from '../framework/errors.js';
import { namedFunctions, type ProjectFunctions, projectFunctions } from '../project/package-json.js';

/** A function to bundle: its file is named after it, without dots. */
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
 * @throws CommandError for a function or a file that is not there, and a file with the name of another function.
 */
export function buildTargets(query: TargetQuery): BuildTarget[] {
  return query.names.length > 0 && query.names.every(isPath) ? fileTargets(query) : functionTargets(query);
}

function functionTargets({ root, cwd, names, out }: TargetQuery): BuildTarget[] {
  const functions = projectFunctions(root);
  const chosen = names.length === 0 ? Object.keys(functions) : names.map((name) => known(name, functions));
  const folder = out === undefined ? bundleFolder(root) : resolve(cwd, out);
  return chosen.map((name) => functionTarget(name, functions, { root, folder }));
}

function functionTarget(
  name: string,
  functions: ProjectFunctions,
  { root, folder }: { readonly root: string; readonly folder: string },
): BuildTarget {
  const alone = Object.keys(functions).length === 1;
  return { name, source: resolve(root, functions[name]!), outDir: alone ? folder : join(folder, name) };
}

function bundleFolder(root: string): string {
  return join(root, 'bundle');
}

/**
 * A folder that is named is for what is built; else there are functions, and a file that is none leaves theirs alone.
 */
function fileTargets({ root, cwd, names, out }: TargetQuery): BuildTarget[] {
  const sources = Object.entries(sourcesByName(names, cwd));
  if (out === undefined) return sources.map(([name, source]) => projectFile(name, source, root));
  const folder = resolve(cwd, out);
  return sources.map(([name, source]) => ({
    name,
    source,
    outDir: sources.length === 1 ? folder : join(folder, name),
  }));
}

function projectFile(name: string, source: string, root: string): BuildTarget {
  const functions = namedFunctions(root);
  const folder = bundleFolder(root);
  const own = Object.keys(functions).find((key) => resolve(root, functions[key]!) === source);
  if (own !== undefined) return functionTarget(own, functions, { root, folder });
  if (!Object.hasOwn(functions, name)) return { name, source, outDir: join(folder, name) };
  throw new CommandError(
    `${source} has the name of the function "${name}", which is another file: say by --out where to bundle it.`,
  );
}

/** Names of functions have neither dots nor slashes. */
function isPath(name: string): boolean {
  return /[./\\]/.test(name);
}

function sourcesByName(files: readonly string[], cwd: string): ProjectFunctions {
  const sources = files.map((file) => resolve(cwd, file));
  const absent = sources.find((source) => !isFile(source));
  if (absent !== undefined) throw new CommandError(`There is no file ${absent}.`);
  const byName = Object.fromEntries(sources.map((source) => [basename(source, extname(source)), source]));
  if (Object.keys(byName).length === sources.length) return byName;
  throw new CommandError(
    'Two of the files have the same name, and would be bundled into the same place: build them one by one, with --out.',
  );
}

function known(name: string, functions: ProjectFunctions): string {
  if (Object.hasOwn(functions, name)) return name;
  const names = Object.keys(functions);
  throw new CommandError(
    `There is no function "${name}": the project has ${names.join(', ')}.${suggestion(name, names)} More are named in package.json: "lambent": { "functions": { "api": "src/api.ts" } }.`,
  );
}
