import { spawn } from 'node:child_process';
import { CommandError } from '../command-error.js';

/** @throws CommandError when npm fails, which has said why by then. */
export async function installPackages(folder: string): Promise<void> {
  const args = ['install', '--no-audit', '--no-fund'];
  // npm is a script on Windows, which only a shell runs.
  const npm = spawn('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  const code = await new Promise((resolve, reject) => {
    npm.once('exit', resolve);
    npm.once('error', reject);
  });
  if (code !== 0) throw new CommandError(`The project is written, but "npm install" failed (see above). Call it again in ${folder}.`);
}
