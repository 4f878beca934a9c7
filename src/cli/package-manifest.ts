import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from './command-error.js';

/** The part of a `package.json` that commands read. */
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
