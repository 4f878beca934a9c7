import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { installedProgram } from '../build/installed-program.js';
import { BootstrapError } from '../errors/bootstrap-error.js';

/**
 * Runs a `lambent` command of a project and returns what it prints as JSON.
 *
 * The command runs in its own process, because constructs cannot wait for asynchronous work, and a loaded application
 * must leave nothing behind in the program that deploys it.
 *
 * @param entry The absolute path of a source. The command of its installed lambent runs in its folder.
 * @throws BootstrapError with the output of the command when it fails.
 */
export function projectCommand<T>(entry: string, args: readonly string[]): T {
  const argv = [programOf(entry), ...args, '--json'];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, argv, {
    cwd: dirname(entry),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0)
    throw new BootstrapError(`lambent ${args[0]} of ${entry} failed:\n${stderr.trim() || stdout.trim()}`);
  return JSON.parse(stdout) as T;
}

/** Returns the program of the lambent package that the source imports. */
function programOf(entry: string): string {
  try {
    return installedProgram(entry);
  } catch (error) {
    throw new BootstrapError(`The package lambent is not installed in the project of ${entry}.`, { cause: error });
  }
}
