import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CommandError } from '../command-error.js';

/** @throws CommandError when npm fails, or is not there: one or the other has said why by then. */
export async function installPackages(folder: string): Promise<void> {
  // By a shell, for on Windows npm is a script, which nothing else runs.
  const npm = spawn('npm install --no-audit --no-fund', { cwd: folder, stdio: 'inherit', shell: true });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) throw new CommandError(`The project is written, but "npm install" failed (see above). Call it again in ${folder}.`);
}
