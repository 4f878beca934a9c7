import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersFrom, isFile } from '../files/paths.js';
import { CommandError } from '../framework/errors.js';

/** The part of a project's `package.json` that commands read. */
interface ProjectManifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly peerDependencies?: object;
  readonly lambent?: { readonly functions?: unknown };
}

/**
 * @param root the project's folder.
 * @throws CommandError when it can't be read.
 */
export function projectManifest(root: string): ProjectManifest {
  try {
    return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ProjectManifest;
  } catch (error) {
    throw new CommandError(`package.json can't be read: ${(error as Error).message}.`, { cause: error });
  }
}

/** The nearest folder with a `package.json`; nothing is written outside of it. */
export function projectFolder(cwd: string): string {
  const found = foldersFrom(cwd).find((folder) => existsSync(join(folder, 'package.json')));
  if (found !== undefined) return found;
  throw new CommandError(
    `There is no package.json in ${cwd} or above it: call this inside of a project, or make one with "lambent new my-api".`,
  );
}

/**
 * The sources of a project's functions by the functions' names; each exports the handler, and names the file that is
 * deployed.
 */
export type ProjectFunctions = Readonly<Record<string, string>>;

const ALONE: ProjectFunctions = { handler: 'src/handler.ts' };

/**
 * The functions of a project, as its `package.json` names them: `"lambent": { "functions": { "api": "src/api.ts" } }`.
 * Where it names none there is one, `handler`, in `src/handler.ts`.
 *
 * @param root the project's folder.
 * @throws CommandError for what is no such list, and for a source that is not there.
 */
export function projectFunctions(root: string): ProjectFunctions {
  const functions = namedFunctions(root);
  for (const [name, source] of Object.entries(functions)) refuseAbsent(root, name, source);
  return functions;
}

/** The same, whether or not their sources are there. */
export function namedFunctions(root: string): ProjectFunctions {
  const functions = projectManifest(root).lambent?.functions ?? ALONE;
  if (!isList(functions)) {
    throw new CommandError(
      `"lambent.functions" in package.json is ${JSON.stringify(functions)}; it takes sources by name: { "api": "src/api.ts" }.`,
    );
  }
  return functions;
}

function isList(value: unknown): value is ProjectFunctions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([name, source]) => /^[\w-]+$/.test(name) && typeof source === 'string');
}

function refuseAbsent(root: string, name: string, source: string): void {
  if (isFile(join(root, source))) return;
  throw new CommandError(
    `There is no ${source}, where the handler of the function "${name}" is expected. Where it is another file, say so in package.json: "lambent": { "functions": { "${name}": "src/${name}.ts" } }.`,
  );
}
