import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { foldersFrom } from '../files/paths.js';
import { CommandError } from '../framework/errors.js';

/** The part of our own `package.json` that commands read. */
interface PackageManifest {
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

/**
 * The program of the project's own lambent, where another was called, as one that is installed globally: what the
 * project has beside it, rolldown above all, is found from there alone, and in the version that fits.
 *
 * @param cwd the folder that the command was called in.
 * @param program the file that was started, its links resolved.
 */
export function projectProgram([command = '']: readonly string[], cwd: string, program: string): string | undefined {
  // What makes a project is the one that was asked for, wherever it is called.
  if (command === 'new' || command === 'n' || command.startsWith('-')) return undefined;
  const own = programFrom(cwd);
  return own === program ? undefined : own;
}

function programFrom(cwd: string): string | undefined {
  try {
    const manifest = createRequire(join(cwd, 'package.json')).resolve('lambent/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly lambent: string } };
    return realpathSync(join(dirname(manifest), bin.lambent));
  } catch {
    return undefined;
  }
}
