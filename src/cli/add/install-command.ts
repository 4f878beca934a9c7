import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withParents } from '../files/paths.js';
import { PACKAGE_MANAGERS } from '../files/templates/project/package-managers.js';

const COMMANDS: Readonly<Record<string, string>> = {
  'package-lock.json': PACKAGE_MANAGERS.npm.install,
  'pnpm-lock.yaml': PACKAGE_MANAGERS.pnpm.install,
  'yarn.lock': 'yarn install',
  'bun.lock': 'bun install',
};

/** Returns how packages are installed, which the nearest lock file tells; with npm if there is none. */
export function installCommand(root: string): string {
  const lockFile = withParents(root)
    .flatMap((folder) => Object.keys(COMMANDS).filter((name) => existsSync(join(folder, name))))
    .at(0);
  return COMMANDS[lockFile ?? 'package-lock.json']!;
}
