import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withParents } from '../files/paths.js';
import { CommandError } from '../framework/errors.js';

interface Added {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** The ranges that lambent works with, by package. */
  readonly versions: Readonly<Record<string, string>>;
}

type Manifest = Readonly<Record<string, unknown>>;
type Ranges = Readonly<Record<string, string>>;

/**
 * Adds packages to the text of a `package.json`. Those that it has are left as they are.
 *
 * @throws CommandError if it is not JSON.
 */
export function addDependencies(text: string, { versions, ...added }: Added): string {
  const manifest = parse(text);
  const had = new Set(['dependencies', 'devDependencies'].flatMap((list) => Object.keys(rangesOf(manifest, list))));
  const missing = Object.entries(added).map(([list, names]) => [list, names.filter((name) => !had.has(name))] as const);
  if (missing.every(([, names]) => names.length === 0)) return text;
  const lists = missing
    .filter(([, names]) => names.length > 0)
    .map(([list, names]) => {
      const ranges = Object.fromEntries(names.map((name) => [name, versions[name] ?? '*']));
      return [list, sorted({ ...rangesOf(manifest, list), ...ranges })];
    });
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  const written = JSON.stringify({ ...manifest, ...Object.fromEntries(lists) }, null, indent);
  return written + (text.endsWith('\n') ? '\n' : '');
}

function parse(text: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (error) {
    throw new CommandError(`Cannot read package.json: ${(error as Error).message}.`, { cause: error });
  }
}

function rangesOf(manifest: Manifest, list: string): Ranges {
  return (manifest[list] ?? {}) as Ranges;
}

/** Sorts by name, as package managers do. */
function sorted(ranges: Ranges): Ranges {
  return Object.fromEntries(Object.entries(ranges).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const LOCK_FILES: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm install',
  'yarn.lock': 'yarn install',
  'bun.lock': 'bun install',
};

/** Returns how packages are installed, which the nearest lock file tells; with npm if there is none. */
export function installCommand(root: string): string {
  const files = withParents(root).flatMap((folder) =>
    ['package-lock.json', ...Object.keys(LOCK_FILES)].filter((name) => existsSync(join(folder, name))),
  );
  return LOCK_FILES[files[0] ?? ''] ?? 'npm install --no-audit --no-fund';
}
