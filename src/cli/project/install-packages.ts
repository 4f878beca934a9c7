import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CommandError } from '../framework/command-error.js';
import type { CommandContext } from '../framework/command.js';

/** A command line of a package manager, and where to run it. */
export interface Installation {
  readonly commandLine: string;
  readonly folder: string;
  /** The work that is already done if it fails, as in `The files were written`. */
  readonly done: string;
}

/**
 * Runs a package manager, and shows for how long it has been running. What it prints is shown only if it fails.
 *
 * @throws CommandError if it fails or is missing.
 */
export async function installPackages(
  { commandLine, folder, done }: Installation,
  { terminal, progress }: CommandContext,
): Promise<void> {
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  const ticks = setInterval(() => progress?.(`Running "${commandLine}" … ${seconds()}`), 1000);
  (progress ?? terminal.log)(`Running "${commandLine}" …`);
  // Through a shell, because on Windows package managers are scripts that only a shell can run.
  const child = spawn(commandLine, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], shell: true });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => printed.push(data));
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(ticks);
  progress?.('');
  if (code === 0) return terminal.log(`Packages are installed (${seconds()}).`);
  terminal.error(Buffer.concat(printed).toString().trimEnd());
  throw new CommandError(`${done}, but "${commandLine}" failed (see above). Run it again in ${folder}.`);
}
