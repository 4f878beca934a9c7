import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compact } from './compact.mjs';

/**
 * Returns the ES modules of the build, one for each file of `src/`: bundlers leave out whole modules without having to
 * prove that their statements have no effects.
 *
 * @param {string} compiled The folder that the compiler has written to.
 * @returns {[path: string, text: string][]}
 */
export function modulesOf(compiled) {
  const paths = readdirSync(compiled, { recursive: true }).filter((path) => path.endsWith('.js'));
  return paths.map((path) => [path, compact(path, readFileSync(join(compiled, path), 'utf8'))]);
}
