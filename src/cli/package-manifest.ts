import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from './command-error.js';

/** The part of our own `package.json` that commands read. */
export interface PackageManifest {
  readonly name?: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * The manifest of this package, found from its program upwards: code that is compiled to both kinds of modules has
 * neither `import.meta` nor `__dirname`.
 */
export function packageManifest(program: string): PackageManifest {
  for (const folder of foldersFrom(dirname(program))) {
    const path = join(folder, 'package.json');
    const manifest = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as PackageManifest) : undefined;
    if (manifest?.name === 'lambent') return manifest;
  }
  throw new CommandError(`${program} is not inside the package lambent: install it again.`);
}

/** The part of a project's `package.json` that commands read. */
export interface ProjectManifest {
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
  throw new CommandError(`There is no package.json in ${cwd} or above it: call this inside of a project, or make one with "lambent new my-api".`);
}

/** A folder and all above it, the nearest first. */
export function foldersFrom(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersFrom(parent)];
}
