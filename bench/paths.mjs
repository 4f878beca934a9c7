import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bench = dirname(fileURLToPath(import.meta.url));
export const root = join(bench, '..');
/** The package.json files whose node_modules contestants are built with. */
export const packagesOf = { lambent: join(root, 'package.json'), peers: join(bench, 'peers/package.json') };
/** The bundles, which Git ignores. */
export const built = join(bench, '.built');
export const results = join(bench, 'results');
