import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The program of the project's own lambent, where another was called, as one that is installed globally: what the project
 * has beside it, rolldown above all, is found from there alone, and in the version that fits.
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
