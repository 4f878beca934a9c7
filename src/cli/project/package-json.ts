import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '../../shared/json-values.js';
import { messageOf } from '../../shared/thrown.js';
import { isFile, withParents } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';

/** The part of a project's `package.json` that commands read. */
export interface ProjectManifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly lambent?: { readonly functions?: unknown };
}

/**
 * Reads a project's `package.json`.
 *
 * @param root the project's folder.
 * @throws CommandError unless it can be read and is a JSON object.
 */
export function projectManifest(root: string): ProjectManifest {
  return parseManifest('package.json', () => readFileSync(join(root, 'package.json'), 'utf8'));
}

/**
 * Parses a `package.json`, of a project or of an installed package.
 *
 * @param path how messages name the file.
 * @param read returns its text.
 * @throws CommandError unless it can be read and is a JSON object.
 */
export function parseManifest<Manifest extends object = ProjectManifest>(path: string, read: () => string): Manifest {
  try {
    // Editors of Windows may add a byte order mark, which npm skips, too.
    const manifest: unknown = JSON.parse(read().replace(/^\uFEFF/, ''));
    if (isJsonObject(manifest)) return manifest as Manifest;
  } catch (error) {
    throw new CommandError(`Cannot read ${path}: ${messageOf(error)}.`, { cause: error });
  }
  throw new CommandError(`Cannot read ${path}: it is not a JSON object.`);
}

/** Returns the nearest folder with a `package.json`. Commands write nothing outside of it. */
export function projectFolder(cwd: string): string {
  const found = withParents(cwd).find((folder) => existsSync(join(folder, 'package.json')));
  if (found !== undefined) return found;
  throw new CommandError(
    `No package.json in ${cwd} or a parent folder. ` +
      'Run this command inside a project, or create one with "lambent new my-api".',
  );
}

/** The source of each function by the function's name. The source exports the handler. */
export type ProjectFunctions = Readonly<Record<string, string>>;

const DEFAULT_FUNCTIONS: ProjectFunctions = { handler: 'src/handler.ts' };

/**
 * Reads the functions from `package.json`: `"lambent": { "functions": { "api": "src/api.ts" } }`. Without that setting
 * there is one function, `handler`, in `src/handler.ts`.
 *
 * @param root the project's folder.
 * @throws CommandError if the setting is invalid or a source does not exist.
 */
export function projectFunctions(root: string): ProjectFunctions {
  const functions = declaredFunctions(root);
  for (const [name, source] of Object.entries(functions)) {
    if (isFile(join(root, source))) continue;
    throw new CommandError(
      `${source} does not exist. It should export the handler of the function "${name}". If that is in another file, ` +
        `name it in package.json: ${functionSetting(name)}.`,
    );
  }
  return functions;
}

/** Does the same without checking that the sources exist. */
export function declaredFunctions(root: string): ProjectFunctions {
  const functions = projectManifest(root).lambent?.functions ?? DEFAULT_FUNCTIONS;
  if (areFunctions(functions)) return functions;
  throw new CommandError(
    '"lambent.functions" in package.json must map names to sources, as in { "api": "src/api.ts" }, ' +
      `not ${JSON.stringify(functions)}.`,
  );
}

/** Returns the setting of `package.json` that names the source of a function, for messages. */
export function functionSetting(name: string): string {
  return `"lambent": { "functions": { "${name}": "src/${name}.ts" } }`;
}

/** The folder, relative to the project, that `lambent build` writes into by default. */
export const BUNDLE_FOLDER = 'bundle';

/**
 * Returns where `lambent build` writes a function, relative to its output folder: the only one into that folder itself,
 * several into a folder each, so that no bundle contains another function.
 */
export function functionFolder(name: string, functions: ProjectFunctions): string {
  return Object.keys(functions).length === 1 ? '.' : name;
}

function areFunctions(value: unknown): value is ProjectFunctions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([name, source]) => /^[\w-]+$/.test(name) && typeof source === 'string');
}
