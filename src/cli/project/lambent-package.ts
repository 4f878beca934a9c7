import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installedProgram } from '../../build/installed-program.js';
import { withParents } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';

/** The part of lambent's own `package.json` that commands read. */
interface LambentManifest {
  readonly name?: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/**
 * Reads lambent's own `package.json`, searching upwards from the running program: code that is compiled to both ESM and
 * CommonJS has neither `import.meta` nor `__dirname`.
 */
export function lambentManifest(program: string): LambentManifest {
  for (const folder of withParents(dirname(program))) {
    const path = join(folder, 'package.json');
    const manifest = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as LambentManifest) : undefined;
    if (manifest?.name === 'lambent') return manifest;
  }
  throw new CommandError(`${program} is not inside the lambent package. Reinstall lambent.`);
}

/**
 * Returns the program of the project's own lambent if another one is running, such as a global one. Only the project's
 * own has the right version, and finds the packages installed beside it, rolldown above all.
 *
 * @param cwd the current folder.
 * @param program the running program, with links resolved.
 */
export function projectProgram([command = '']: readonly string[], cwd: string, program: string): string | undefined {
  // A new project gets the lambent that was called, wherever that happens.
  if (command === 'new' || command === 'n' || command.startsWith('-')) return undefined;
  const own = ownProgram(cwd);
  return own === program ? undefined : own;
}

function ownProgram(cwd: string): string | undefined {
  try {
    return realpathSync(installedProgram(join(cwd, 'package.json')));
  } catch {
    return undefined;
  }
}
