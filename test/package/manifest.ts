import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export const repository = join(__dirname, '..', '..');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { optional?: boolean }>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

export const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;

const subpaths = Object.keys(manifest.exports).filter((subpath) => !subpath.endsWith('.json'));

/** What users import (`lambent/testing`), with its file in `src/` (`testing/index.ts`). */
export const entries = subpaths.map((subpath) => ({
  name: posix.join('lambent', subpath),
  source: posix.join(subpath, 'index.ts'),
}));
