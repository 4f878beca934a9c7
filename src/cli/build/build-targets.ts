import { basename, extname, join, resolve } from 'node:path';
import { suggestion } from '../../shared/suggestion.js';
import { isFile } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';
import {
  BUNDLE_FOLDER,
  declaredFunctions,
  functionFolder,
  functionSetting,
  type ProjectFunctions,
  projectFunctions,
} from '../project/package-json.js';

/** A function to bundle. */
export interface BuildTarget {
  /** The name of the bundle's file, in which dots become dashes. */
  readonly name: string;
  readonly source: string;
  readonly outDir: string;
}

export interface TargetQuery {
  /** The project's folder. */
  readonly root: string;
  /** The folder that files on the command line, and `out`, are relative to. */
  readonly cwd: string;
  /** Names of functions, or files; empty for all functions. */
  readonly names: readonly string[];
  readonly out: string | undefined;
}

/**
 * Decides what to bundle, and where to. The folder of a function is the same whichever of them are built.
 *
 * @throws CommandError if a function or a file does not exist, or a file has the name of another function.
 */
export function buildTargets(query: TargetQuery): BuildTarget[] {
  return query.names.length > 0 && query.names.every(isPath) ? fileTargets(query) : functionTargets(query);
}

function functionTargets({ root, cwd, names, out }: TargetQuery): BuildTarget[] {
  const functions = projectFunctions(root);
  const chosen = names.length === 0 ? Object.keys(functions) : names.map((name) => declared(name, functions));
  const folder = out === undefined ? join(root, BUNDLE_FOLDER) : resolve(cwd, out);
  return chosen.map((name) => functionTarget(name, functions, { root, folder }));
}

function functionTarget(
  name: string,
  functions: ProjectFunctions,
  { root, folder }: { readonly root: string; readonly folder: string },
): BuildTarget {
  return { name, source: resolve(root, functions[name]!), outDir: join(folder, functionFolder(name, functions)) };
}

/** `out` is for the files alone. The default folder is shared with functions, so each file gets its own inside it. */
function fileTargets({ root, cwd, names, out }: TargetQuery): BuildTarget[] {
  const sources = sourcesByName(names, cwd);
  return Object.entries(sources).map(([name, source]) =>
    out === undefined
      ? targetInProject(name, source, root)
      : { name, source, outDir: join(resolve(cwd, out), functionFolder(name, sources)) },
  );
}

function targetInProject(name: string, source: string, root: string): BuildTarget {
  const functions = declaredFunctions(root);
  const folder = join(root, BUNDLE_FOLDER);
  const own = Object.keys(functions).find((key) => resolve(root, functions[key]!) === source);
  if (own !== undefined) return functionTarget(own, functions, { root, folder });
  if (!Object.hasOwn(functions, name)) return { name, source, outDir: join(folder, name) };
  throw new CommandError(
    `${source} has the same name as the function "${name}", which has another source. Pass a folder with --out.`,
  );
}

/** Function names contain neither dots nor slashes. */
function isPath(name: string): boolean {
  return /[./\\]/.test(name);
}

function sourcesByName(files: readonly string[], cwd: string): ProjectFunctions {
  const sources = files.map((file) => resolve(cwd, file));
  const absent = sources.find((source) => !isFile(source));
  if (absent !== undefined) throw new CommandError(`${absent} is not a file.`);
  const byName = Object.fromEntries(sources.map((source) => [basename(source, extname(source)), source]));
  if (Object.keys(byName).length === sources.length) return byName;
  throw new CommandError(
    'Two of the files have the same name and would overwrite each other. Build them one at a time, with --out.',
  );
}

function declared(name: string, functions: ProjectFunctions): string {
  if (Object.hasOwn(functions, name)) return name;
  const names = Object.keys(functions);
  throw new CommandError(
    `Unknown function "${name}". The project has ${names.join(', ')}.${suggestion(name, names)} ` +
      `Add functions in package.json: ${functionSetting('api')}.`,
  );
}
