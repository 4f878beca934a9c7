import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withParents } from '../files/paths.js';
import { sortedByName } from '../files/sorted-by-name.js';
import { PACKAGE_MANAGERS } from '../files/templates/project/package-managers.js';
import { parseManifest } from '../project/package-json.js';

/** Packages to add, by the list that they belong in. */
export interface Packages {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

interface Added extends Packages {
  /** The ranges that lambent works with, by package. */
  readonly versions: Readonly<Record<string, string>>;
}

const LISTS = ['dependencies', 'devDependencies'] as const;

/**
 * Adds packages to the text of a `package.json`. Those that it has are left as they are.
 *
 * @throws CommandError unless it is a JSON object.
 */
export function addDependencies(text: string, { versions, ...added }: Added): string {
  const manifest = parseManifest('package.json', () => text);
  const had = { ...manifest.dependencies, ...manifest.devDependencies };
  const lists = LISTS.flatMap((list) => {
    const missing = added[list].filter((name) => !Object.hasOwn(had, name));
    const ranges = Object.fromEntries(missing.map((name) => [name, versions[name] ?? '*']));
    return missing.length > 0 ? [[list, sortedByName({ ...manifest[list], ...ranges })] as const] : [];
  });
  if (lists.length === 0) return text;
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  const written = JSON.stringify({ ...manifest, ...Object.fromEntries(lists) }, null, indent);
  return written + (text.endsWith('\n') ? '\n' : '');
}

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
